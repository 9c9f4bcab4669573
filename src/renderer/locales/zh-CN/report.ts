export default {
  heading: 'HAIC 疗效预测',
  print: '打印',
  pdf: '存为 PDF',
  lesion: '首要病灶',
  factors: '临床因素',
  value: '数值',
  model: '模型',
  images: '关键图像及证据图',
  made: '计算于 {at}。',
  confirmed: '序列角色由 {name} 确认。',
  atBaseRate: '缓解率为 {rate}（{criterion}）时',
  baseRate: '训练队列缓解率：{rate}（{criterion}）。',
};
