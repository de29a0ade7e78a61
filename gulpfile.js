const { dest, src } = require('gulp');

/** Icons travel as they are: without `encoding: false` gulp 5 would read PNG bytes as text. */
function buildIcons() {
	return src('icons/**/*.{png,svg}', { encoding: false }).pipe(dest('dist/icons'));
}
buildIcons.displayName = 'build:icons';

exports['build:icons'] = buildIcons;
