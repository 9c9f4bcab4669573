export default {
  problems: {
    'recommendation-not-considered': '推荐的方案不在讨论过的方案之中，请先加入。',
    'option-twice': '有一个方案出现两次，请删去一个，或写明区别。',
    'reason-missing': '与模型意见不一致但未说明原因，请填写原因。',
    'nothing-shown': '未展示模型结果，因此不能表示同意或不同意，请选择“未采用”。',
    'due-before-meeting': '期限早于会议日期，请选择更晚的日期。',
  },
};
