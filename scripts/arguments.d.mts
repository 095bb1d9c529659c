export function wantedPort(text: string | undefined): number | null;
