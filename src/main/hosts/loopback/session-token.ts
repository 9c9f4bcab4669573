import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits: who does not have it gets no answer. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Takes the same time wherever the texts differ, and whatever their lengths. */
export const sameToken = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));

/** Cookies know hosts, not ports: the port in the name keeps two running instances apart. */
export const cookieName = (port: number): string => `haicast-${port}`;

/** Not `Secure`: plain HTTP on the loopback interface leaves the machine nowhere. */
export const sessionCookie = (port: number, token: string): string =>
  `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`;

export const cookieValue = (header: string | undefined, name: string): string | undefined =>
  header
    ?.split(';')
    .map((pair) => pair.trim().split('='))
    .find(([key]) => key === name)?.[1];
