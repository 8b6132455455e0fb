import module from 'node:module';

// Imported before the command line itself: Node.js 22.8 and later then keep its compiled code between runs
(module as { enableCompileCache?: () => void }).enableCompileCache?.();
