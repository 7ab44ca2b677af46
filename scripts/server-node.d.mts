type Environment = Readonly<Record<string, string | undefined>>;

export function serverArguments(environment?: Environment): string[];
export function serverEnvironment(root: string, environment?: Environment): Record<string, string | undefined>;
