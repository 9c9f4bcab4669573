export default {
  title: 'Settings',
  language: 'Language',
  theme: 'Appearance',
  dark: 'Dark',
  light: 'Light',
  userName: 'Your name',
  userNameHint: 'Kept with everything you confirm or change.',
  hideIdentity: 'Hide patient identity',
  about: 'About',
  version: 'Version {version}',
  host: 'Runs in {host}',
};
