import type { Component } from './package-components.mjs';

export const licencesText: (components: readonly Component[]) => string;
export const billOfMaterials: (components: readonly Component[], version: string) => Record<string, unknown>;
