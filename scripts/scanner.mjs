import {
	analyzePackage,
	buildScanConfig,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

/** What the scanner looks at when it scans a package by name (scanner.mjs, analyzePackageByName). */
const PATTERNS = { source: SOURCE_FILE_PATTERNS, tarball: ['**/*.js', 'package.json'] };

/**
 * Scans a folder with n8n's scanner, offline.
 * @param {string} label for the findings
 * @param {string} folder absolute
 * @param {'source' | 'tarball'} kind which files count
 * @returns {Promise<string[]>} one line for each finding: the scanner's verdict and, as the
 * scanner itself passes over them, every warning of its rules
 */
export async function scanFolder(label, folder, kind) {
	const findings = [];
	const verdict = await analyzePackage(folder, PATTERNS[kind]);
	if (!verdict.passed) {
		findings.push(`${label}: ${verdict.message}\n${verdict.details ?? ''}`);
	}

	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		errorOnUnmatchedPattern: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(PATTERNS[kind]);
	if (!results.some((file) => file.filePath.endsWith('.js') || file.filePath.endsWith('.ts'))) {
		findings.push(`${label}: there is no code to scan`);
	}
	for (const { filePath, messages } of results) {
		for (const { ruleId, message, line, severity } of messages) {
			if (severity !== 1) continue;
			findings.push(`${label}: ${filePath}:${line} ${ruleId}: ${message}`);
		}
	}
	return findings;
}
