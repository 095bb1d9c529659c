export const SITE_POLICY: string;
export function withPolicy(html: string): string;
