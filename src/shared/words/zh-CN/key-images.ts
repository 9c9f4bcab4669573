export default {
  keptTitle: '留存图像',
  kept: '图像已留存于病例：{role}。保存病例时写入记录。',
  noRoom: '该病例的留存图像已无空间，请先移除一幅。',
  name: '{role}，第 {slice} 层',
  slice: '第 {slice} 层',
  withoutMap: '无证据图',
  remove: '移除留存图像 {name}',
  alt: '{role}，第 {slice} 层',
  altMap: '{role}，第 {slice} 层，含证据图',
};
