import { Menu } from 'electron';
import { type MenuActions, type MenuFacts, menuTemplate } from './menu-template.ts';

export const showMenu = (facts: MenuFacts, actions: MenuActions): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(facts, actions)));
