export default {
  title: '设置',
  language: '语言',
  theme: '外观',
  dark: '深色',
  light: '浅色',
  userName: '您的姓名',
  userNameHint: '随您确认或修改的内容一并保存。',
  hideIdentity: '隐藏患者身份信息',
  about: '关于',
  version: '版本 {version}',
  host: '运行环境 {host}',
};
