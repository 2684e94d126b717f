/**
 * A small corpus about places that do not exist, so that nothing but the articles can answer questions about
 * it: four English articles, two Vietnamese ones.
 */
export const bayArticles = {
  'ferry-2023.md': `---
id: ferry-2023
title: Osprey Bay opens its electric ferry line
language: en
publishedAt: 2023-04-12
publisher: Bay Courier
sourceUrl: https://courier.example/2023/ferry?page=1#top
---
The electric ferry line of Osprey Bay opened on 10 April 2023. The electric ferry carries 240 passengers on each crossing. Mayor Ingrid Halloway paid for the first ticket herself.

## The route

The ferry links Osprey Bay with Lantern Island in 18 minutes. A single ticket costs 3.50 crowns, and children travel free.
`,
  'ferry-2024.md': `---
id: ferry-2024
title: Osprey Bay ferry counts its passengers
language: en
publishedAt: 2024-06-03
publisher: Harbour Weekly
---
The electric ferry of Osprey Bay carried 310,000 passengers in its first year. Harbour master Tobias Quill said that a second vessel has been ordered. The second vessel will be named Kittiwake.
`,
  'lighthouse.md': `---
id: lighthouse
title: Lantern Island restores its lighthouse
language: en
publishedAt: 2022-09-30
publisher: Bay Courier
---
The lighthouse of Lantern Island was built in 1904 by the engineer Amos Pellow. Its lamp can be seen from 27 kilometres away. The restoration of the lighthouse took 14 months and ended in September 2022.
`,
  'market.txt': `The Saturday market of Osprey Bay has 62 stalls. Most stalls sell fish, apples and smoked cheese. The market hall was roofed with copper by the guild of coopers.
`,
  'vi/cho-dem.md': `---
id: cho-dem
title: Chợ đêm Mũi Sếu mở cửa trở lại
language: vi
publishedAt: 2024-02-15
publisher: Báo Mũi Sếu
---
Chợ đêm Mũi Sếu có 85 gian hàng bán hải sản và đồ thủ công. Chợ đêm mở cửa trở lại ngày 10 tháng 2 năm 2024 sau ba năm sửa chữa. Bà Đỗ Thị Sương là trưởng ban quản lý chợ đêm Mũi Sếu.
`,
  'vi/hai-dang.md': `---
id: hai-dang
title: Hải đăng Mũi Sếu tròn một trăm hai mươi tuổi
language: vi
publishedAt: 2023-08-20
publisher: Báo Mũi Sếu
---
Hải đăng Mũi Sếu được xây dựng năm 1903 trên đỉnh đồi đá. Ngọn hải đăng cao 42 mét và chiếu xa 35 cây số. Đội gác đèn hiện có sáu người thay nhau trực đêm.
`,
} as const;
