/** What a question measures in. */
export type Unit = 'money' | 'area' | 'size' | 'rank' | 'percentage' | 'people' | 'duration';

/** How a unit is asked for, in lower-case English and in Vietnamese as typed. */
export const unitQuestions: readonly (readonly [Unit, { readonly en: string; readonly vi: string }])[] = [
  [
    'rank',
    {
      en: 'rank|ranks|ranked|ranking|what place|which place',
      vi: 'xếp thứ|xếp hạng|thứ hạng|đứng thứ|hạng mấy|vị trí thứ',
    },
  ],
  [
    'percentage',
    { en: 'percentage|percent|per cent|what proportion|what share', vi: 'phần trăm|tỷ lệ|tỉ lệ|tỷ trọng' },
  ],
  ['people', { en: 'population|how many inhabitants|how many residents', vi: 'dân số' }],
  [
    'money',
    {
      en: 'price|cost|costs|budget|worth|revenue|salary|fee|how much money|how much funding',
      vi: 'giá bao nhiêu|giá vé|giá trị bao nhiêu|trị giá|chi phí|kinh phí|ngân sách|bao nhiêu tiền|bao nhiêu vốn|mức lương',
    },
  ],
  [
    'area',
    { en: 'what area(?! of)|(?:is|was) the area of|how much land|hectares', vi: 'diện tích|rộng bao nhiêu' },
  ],
  ['size', { en: 'how big|how large', vi: 'lớn bao nhiêu|quy mô bao nhiêu|rộng cỡ nào' }],
  ['duration', { en: 'how long', vi: 'bao lâu' }],
];

/** How a sentence in either language shows that it gives a value in the unit. */
export const unitMarks: Readonly<Record<Unit, RegExp>> = {
  money:
    /(?<!\p{L})(?:vnd|vnđ|usd|eur|dong|dollars?|euros?|pounds?|yen|yuan|lira|cents?|crowns|kron(?:or|er)|francs?|rupees?|rou?bles?|baht|(?<=[\d.,]\s?|(?:trăm|nghìn|ngàn|triệu|tỷ|tỉ|bao nhiêu)\s)đồng|bảng|đô la|tỷ|tỉ|trillion|billion|free of charge|for free|miễn phí)(?!\p{L})|[$€£¥]/iu,
  area: /(?<!\p{L})(?:ha|hectares?|acres?|km2|km²|m2|m²|square|héc-?ta|hecta|mẫu|vuông)(?!\p{L})/iu,
  size: /(?<!\p{L})(?:ha|hectares?|acres?|km2?|km²|m2?|m²|square|met(?:er|re)s?|kilomet(?:er|re)s?|miles?|feet|people|members|inhabitants|héc-?ta|hecta|mét|vuông|người|cao|rộng)(?!\p{L})/iu,
  rank: /\d(?:st|nd|rd|th)(?!\p{L})|(?<!\p{L})(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|top|rank|ranked|ranks|stood|placed|thứ|hạng|xếp|đứng đầu)(?!\p{L})/iu,
  percentage:
    /%|\d:\d|(?<!\p{L})(?:percent|per cent|percentage|half|third|quarter|phần trăm|một nửa)(?!\p{L})/iu,
  people: /(?<!\p{L})(?:people|inhabitants|residents|population|million|người|dân số|triệu)(?!\p{L})/iu,
  duration:
    /(?<!\p{L})(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|since|until|giây|phút|giờ|ngày|tuần|tháng|năm|thập niên|thế kỷ)(?!\p{L})/iu,
};
