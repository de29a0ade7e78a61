/**
 * Loaded into n8n before n8n itself: leads TLS connections to the hosts of VEEAM_DEMO_REDIRECTS
 * (`{"slack.com": {"port": 40001, "ca": "PEM"}}`) to ports of this machine, where stand-ins for those
 * services listen. n8n's own nodes have the addresses of their services built in, and to be redirected
 * by name alone a stand-in would have to listen on port 443, which needs an administrator. The
 * certificate is still checked: for the host's name, against the stand-in's own certificate, which
 * is trusted nowhere else.
 */
const { syncBuiltinESMExports } = require('node:module');
const tls = require('node:tls');

const redirects = JSON.parse(process.env.VEEAM_DEMO_REDIRECTS ?? '{}');
const connect = tls.connect;

tls.connect = function (...parameters) {
	const [options, ...rest] = parameters;
	const name = options?.servername || options?.host;
	const to = Object.hasOwn(redirects, name ?? '') ? redirects[name] : undefined;
	if (!to) return connect.apply(this, parameters);
	// Neither a look-up of the real host, nor a session or a tunnel to it.
	const nothing = { lookup: undefined, session: undefined, socket: undefined, path: undefined };
	const local = { host: '127.0.0.1', port: to.port, servername: name, ca: to.ca };
	return connect.call(this, { ...options, ...nothing, ...local }, ...rest);
};
syncBuiltinESMExports();
