export { type Secret, scan } from './scan.js';
