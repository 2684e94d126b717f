/** The two sides of an axis, as patterns over whole lower-case words of either language. */
type Axis = readonly [RegExp, RegExp];

const axis = (one: string, other: string): Axis => [
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${one})(?![\p{L}\p{N}])`, 'iu'),
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${other})(?![\p{L}\p{N}])`, 'iu'),
];

/** Expressions that contradict each other. A word that has several senses is left out rather than guessed. */
const axes: readonly Axis[] = [
  axis(
    String.raw`increas\w*|ris(?:e|es|ing)|rose|grow\w*|grew|expand\w*|expansion|climb\w*|boost\w*|tăng|nâng cao|mở rộng`,
    String.raw`decreas\w*|declin(?:e|es|ing)|declined(?!\s+to)|fell|falling|drop\w*|shr[aiu]nk\w*|reduc\w*|cut|cuts|cutting|lower(?:s|ed|ing)?|giảm|thu hẹp|cắt giảm|sụt`,
  ),
  axis('more|greater|nhiều hơn|thêm', 'less|fewer|ít hơn|bớt'),
  axis('before|prior to|ahead of|trước khi|trước', 'after|following|sau khi|sau'),
  axis(
    'largest|biggest|highest|greatest|top|lớn nhất|cao nhất|nhiều nhất',
    'smallest|lowest|least|bottom|nhỏ nhất|bé nhất|thấp nhất|ít nhất|từ dưới lên',
  ),
  axis('best|strongest|tốt nhất|mạnh nhất', 'worst|weakest|tệ nhất|kém nhất|yếu nhất'),
  axis('high|higher|high-income|cao', 'low|lower|low-income|thấp'),
  axis('long-term|long|dài hạn|lâu dài|dài', 'short-term|short|ngắn hạn|ngắn|trước mắt'),
  axis(
    String.raw`open|opens|opened|opening|mở|mở ra|khai mạc`,
    String.raw`clos\w+|đóng|đóng cửa|bế mạc|khép lại`,
  ),
  axis(
    String.raw`approv\w*|adopt\w*|pass|passed|accept\w*|agree\w*|consent\w*|welcom\w*|phê duyệt|thông qua|chấp thuận|đồng ý|tán thành`,
    String.raw`reject\w*|refus\w*|declined(?=\s+to)|oppos\w*|veto\w*|disagree\w*|bác bỏ|từ chối|phản đối`,
  ),
  axis(
    String.raw`encourag\w*|promot\w*|urge[sd]?|khuyến khích|thúc đẩy`,
    String.raw`discourag\w*|hinder\w*|deter|deters|deterred|cản trở|kìm hãm`,
  ),
  axis(
    'argued for|argues for|in favour of|in favor of|ủng hộ',
    'argued against|argues against|opposed to|phản đối',
  ),
  axis('with', 'without'),
  axis(String.raw`strong\w*|mạnh|mạnh mẽ`, String.raw`weak\w*|yếu|yếu kém`),
  axis(
    String.raw`allow\w*|permit\w*|cho phép`,
    String.raw`ban|bans|banned|forbid\w*|forbade|prohibit\w*|cấm`,
  ),
  axis(
    String.raw`launch\w*|beg[aiu]n|begins|start|starts|started|starting|establish\w*|set up|triển khai|bắt đầu|thành lập`,
    String.raw`suspend\w*|cancel\w*|halt\w*|ceas\w*|abolish\w*|dissolv\w*|terminat\w*|đình chỉ|hủy|hủy bỏ|chấm dứt|giải thể`,
  ),
  axis(
    String.raw`lead|leads|ahead|dẫn đầu|vượt lên`,
    String.raw`lag|lags|lagg\w+|behind|fall\w* short|tụt hậu`,
  ),
  axis(
    String.raw`improv\w*|strengthen\w*|better|hoàn thiện|cải thiện|nâng cao`,
    String.raw`worsen\w*|weaken\w*|abolish\w*|worse|xấu đi|suy giảm`,
  ),
  axis(
    String.raw`includ\w*|cover\w*|gồm|bao gồm`,
    String.raw`exclud\w*|leav\w+ out|left out|omit\w*|loại trừ|không gồm`,
  ),
  axis('double-digit|two-digit|hai con số', 'single-digit|one-digit|một con số'),
  axis(String.raw`export\w*|xuất khẩu`, String.raw`import\w*|nhập khẩu`),
  axis('domestic|trong nước', 'foreign|overseas|nước ngoài'),
  axis('private|tư nhân', 'public|state-owned|nhà nước'),
  axis(String.raw`win|wins|won|thắng`, String.raw`lose|loses|lost|thua`),
  axis(String.raw`early|earlier|sớm`, String.raw`late|later|muộn`),
  axis(
    String.raw`exceed\w*|above|over|vượt|trên|hơn`,
    String.raw`below|under|fall\w* short of|dưới|chưa tới|chưa đến`,
  ),
];

/**
 * Tells of what evidence, in lower case, a claim in lower case takes the side of an axis that the evidence speaks against:
 * the claim has one side and not the other, and the evidence the other and not that one. `undefined` where the claim
 * takes no side.
 */
export function contradictionOf(claim: string): ((evidence: string) => boolean) | undefined {
  const taken = axes.flatMap(([one, other]) => {
    const [claimOne, claimOther] = [one.test(claim), other.test(claim)];
    if (claimOne === claimOther) return [];
    return [claimOne ? { side: one, against: other } : { side: other, against: one }];
  });
  if (taken.length === 0) return undefined;
  return (evidence) => taken.some(({ side, against }) => against.test(evidence) && !side.test(evidence));
}

/** Whether the evidence speaks against the claim, see {@link contradictionOf}. */
export function contradicts(claim: string, evidence: string): boolean {
  return contradictionOf(claim)?.(evidence) ?? false;
}
