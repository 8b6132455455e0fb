import type { ChildProcess } from 'node:child_process';
import type { Blob } from '../rule/index.js';
import { type Git, gitFailed, gitMissing } from './git.js';
import { parseTreeObject, type TreeItem } from './listing.js';

/** What git says of an object before its bytes. */
export interface ObjectInfo {
  readonly oid: string;
  readonly type: string;
  readonly size: number;
}

/** Far above a folder of a million files. */
const TREE_BYTES = 100 * 1024 * 1024;

interface Request {
  readonly name: string;
  readonly wants: 'info' | 'contents';
  readonly maxBytes: number;
  resolve(answer: { info: ObjectInfo; bytes: Buffer | null } | null): void;
  reject(error: Error): void;
}

/**
 * Reads objects through one `cat-file` process, several requests under way at once. The size is known before any byte is kept: git
 * 2.36 and later are asked for it; an older git sends it ahead of the bytes, which are then dropped as they arrive.
 */
export class ObjectReader {
  private child: ChildProcess | undefined;
  private batchCommand = true;
  private answered = 0;
  private readonly waiting: Request[] = [];
  private parser = new AnswerParser(this.waiting, true);
  private errors = '';
  private outbox = '';
  /** By object id, where a listing has told them already. */
  readonly sizes = new Map<string, number>();
  private closed = false;
  /** Why there will be no more answers. */
  private failure: Error | undefined;

  constructor(private readonly git: Git) {}

  /** Starts the process ahead of the first question. */
  start(): void {
    this.child ??= this.startChild();
  }

  /** `null` where the repository has no such object. */
  async info(name: string): Promise<ObjectInfo | null> {
    return (await this.ask(name, 'info', 0))?.info ?? null;
  }

  /** `name` is an object id, or another name of an object that git knows. */
  async read(name: string, maxBytes: number): Promise<Blob> {
    const known = this.sizes.get(name);
    if (known !== undefined && known > maxBytes) return tooLarge(known, maxBytes);
    if (this.batchCommand && known === undefined) {
      const info = await this.info(name);
      if (info === null) return missing(name);
      if (info.type !== 'blob') return notABlob(info);
      if (info.size > maxBytes) return tooLarge(info.size, maxBytes);
    }
    const answer = await this.ask(name, 'contents', maxBytes);
    if (answer === null) return missing(name);
    if (answer.info.type !== 'blob') return notABlob(answer.info);
    return answer.bytes === null ? tooLarge(answer.info.size, maxBytes) : { ok: true, bytes: answer.bytes };
  }

  /**
   * The names in one folder, of a tree or of a commit's root with `COMMIT^{tree}`.
   * @throws PolicyError where there is no such tree: then it cannot be told what is in it
   */
  async tree(name: string): Promise<ReadonlyMap<string, TreeItem>> {
    const { info, bytes = null } = (await this.ask(name, 'contents', TREE_BYTES)) ?? {};
    if (bytes === null || info?.type !== 'tree')
      throw gitFailed(this.args(), 0, `${name} is no tree that git can read`);
    try {
      return parseTreeObject(bytes, info.oid.length / 2);
    } catch (error) {
      throw gitFailed(this.args(), 0, (error as Error).message);
    }
  }

  /** Lets the process end. Nothing may be asked afterwards. */
  close(): void {
    this.closed = true;
    this.flush();
    this.child?.stdin?.end();
    this.child?.unref();
  }

  private ask(name: string, wants: Request['wants'], maxBytes: number) {
    return new Promise<{ info: ObjectInfo; bytes: Buffer | null } | null>((resolve, reject) => {
      if (this.failure !== undefined) return reject(this.failure);
      if (name.includes('\n')) return reject(new RangeError('a newline in a name would be a request of its own'));
      const request = { name, wants, maxBytes, resolve, reject };
      this.waiting.push(request);
      this.send(request);
    });
  }

  /** What is asked for in one turn goes to git in one message. */
  private send({ wants, name }: Request): void {
    this.start();
    if (this.outbox === '') process.nextTick(() => this.flush());
    this.outbox += this.batchCommand ? `${wants} ${name}\n` : `${name}\n`;
  }

  private flush(): void {
    const lines = this.outbox;
    this.outbox = '';
    if (lines !== '') this.child?.stdin?.write(lines);
  }

  private startChild(): ChildProcess {
    const args = this.args();
    const child = this.git.start(args, ['pipe', 'pipe', 'pipe']);
    child.stdin?.on('error', () => {}); // the process is gone; `close` says why
    child.stdout?.on('data', (chunk: Buffer) => {
      this.answered += chunk.length;
      try {
        this.parser.take(chunk);
      } catch (error) {
        this.fail(gitFailed(args, null, (error as Error).message));
        child.kill();
      }
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString('utf8');
    });
    child.on('error', (error) => this.fail(gitMissing(error, this.git.folder)));
    child.on('exit', () => child.stdin?.destroy()); // a wrapper may leave a git behind that still waits for it
    child.on('close', (code) => this.ended(code));
    return child;
  }

  private args(): string[] {
    return ['cat-file', this.batchCommand ? '--batch-command' : '--batch'];
  }

  private ended(code: number | null): void {
    if (this.batchCommand && code === 129 && this.answered === 0) {
      this.batchCommand = false; // git before 2.36
      this.errors = '';
      this.child = undefined;
      this.parser = new AnswerParser(this.waiting, false);
      for (const request of this.waiting) this.send(request);
    } else if (!this.closed || this.waiting.length > 0) {
      this.fail(gitFailed(this.args(), code, this.errors));
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const request of this.waiting.splice(0)) request.reject(this.failure);
  }
}

/** Takes answers apart as they arrive, in the order of the requests. */
class AnswerParser {
  private line: Buffer[] = [];
  private body: { info: ObjectInfo; bytes: Buffer | null; left: number } | undefined;

  /** `batchCommand`: an `info` is answered without bytes; a plain `--batch` always sends them. */
  constructor(
    private readonly waiting: Request[],
    private readonly batchCommand: boolean,
  ) {}

  take(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.body ? this.takeBody(chunk, at) : this.takeLine(chunk, at);
  }

  private takeLine(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(10, at);
    this.line.push(chunk.subarray(at, end === -1 ? undefined : end));
    if (end === -1) return chunk.length;
    const line = (this.line.length === 1 ? this.line[0]! : Buffer.concat(this.line)).toString('utf8');
    this.line = [];
    const request = this.waiting[0];
    if (request === undefined) throw new RangeError('git answered what was not asked');
    const parts = /^([0-9a-f]+) ([a-z]+) (\d+)$/.exec(line);
    if (parts === null || !isId(parts[1])) {
      if (!/ (missing|ambiguous)$/.test(line)) throw new RangeError(`git answered ${JSON.stringify(line)}`);
      this.answer(null);
      return end + 1;
    }
    const info = { oid: parts[1] ?? '', type: parts[2] ?? '', size: Number(parts[3]) };
    if (isId(request.name) && request.name !== info.oid) throw new RangeError(`git answered with ${info.oid}`);
    if (request.wants === 'info' && this.batchCommand) {
      this.answer({ info, bytes: null });
      return end + 1;
    }
    const keep = request.wants === 'contents' && info.size <= request.maxBytes;
    if (keep && chunk.length - end - 1 > info.size) return this.takeWholeBody(chunk, end + 1, info);
    this.body = { info, bytes: keep ? Buffer.allocUnsafe(info.size) : null, left: info.size + 1 };
    return end + 1;
  }

  /** Most files arrive in one piece, and need not be copied. */
  private takeWholeBody(chunk: Buffer, at: number, info: ObjectInfo): number {
    const end = at + info.size;
    if (chunk[end] !== 10) throw new RangeError(WRONG_SIZE);
    this.answer({ info, bytes: chunk.subarray(at, end) });
    return end + 1;
  }

  /** The bytes, then one newline that is not part of them. */
  private takeBody(chunk: Buffer, at: number): number {
    const body = this.body!;
    const take = Math.min(body.left, chunk.length - at);
    if (body.bytes) chunk.copy(body.bytes, body.info.size + 1 - body.left, at, at + take);
    body.left -= take;
    if (body.left === 0) {
      if (chunk[at + take - 1] !== 10) throw new RangeError(WRONG_SIZE);
      this.body = undefined;
      this.answer({ info: body.info, bytes: body.bytes });
    }
    return at + take;
  }

  private answer(value: Parameters<Request['resolve']>[0]): void {
    this.waiting.shift()?.resolve(value);
  }
}

const WRONG_SIZE = 'git gave more or less bytes than it said';
const isId = (name = '') => /^[0-9a-f]+$/.test(name) && (name.length === 40 || name.length === 64);
const missing = (name: string): Blob => ({ ok: false, reason: `git has no object ${name}` });
const notABlob = ({ type }: ObjectInfo): Blob => ({ ok: false, reason: `it is a ${type} in git, not a file` });
const tooLarge = (size: number, maxBytes: number): Blob => ({
  ok: false,
  reason: `it has ${size} bytes, more than the limit of ${maxBytes}`,
});
