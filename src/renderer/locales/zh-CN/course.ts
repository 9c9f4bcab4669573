export default {
  problems: {
    'no-baseline': '基线不能移除。',
    'before-baseline': '{date} 早于基线日期 {baseline}。请核对两个日期。',
    'two-on-one-day': '{date} 有两个时间点。请更改其中一个的日期。',
    'unknown-lesion': '{lesion} 在 {date} 有测量值，但不在病灶列表中。请先移除其测量值。',
    'unknown-time-point': '该时间点已有确认的疗效。请先撤回该疗效。',
    'end-before-start': '{name} 的结束日期早于开始日期。',
    'outcome-order': '结局日期顺序有误：起始、进展、末次联系、死亡。',
    'override-without-reason': '与计算结果不同的疗效需要说明理由。',
  },
};
