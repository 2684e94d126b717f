import { join } from 'node:path';

import { type RequestHandler, Router } from 'express';

import { projectRoot } from '../../config.ts';
import { notFound, onlyMethods } from '../responses.ts';

// The build writes the scripts to dist/widget and leaves the rest where it is, so the two kinds of files are found in
// two folders, whether this file itself runs from src or from dist.
const scripts = join(projectRoot, 'dist', 'widget');
const styles = join(projectRoot, 'src', 'widget');

/** Asked again each time, but only sent when it changed. */
const revalidated = { 'cache-control': 'no-cache' };

/** Named by its content: what has the name never changes. */
const immutable = { 'cache-control': 'public, max-age=31536000, immutable' };

/** Any page may load the widget's script; which may use the API with it is decided there. */
const anyOrigin = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

interface Asset {
  readonly folder: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `/widget.js` and `/widget.module.js` (the chat element), and `/assets/…`: what it and the pages load. */
export function createAssetRoutes(): Router {
  const router = Router();
  for (const name of ['widget.js', 'widget.module.js']) {
    router
      .route(`/${name}`)
      .get(sending(name, { folder: scripts, headers: { ...anyOrigin, ...revalidated } }))
      .all(onlyMethods('GET'));
  }
  router
    .route('/assets/:name')
    .get((request, response, next) => {
      const { name } = request.params;
      const asset = assetOf(name);
      const handle = asset ? sending(name, asset) : notFound;
      return handle(request, response, next);
    })
    .all(onlyMethods('GET'));
  return router;
}

function sending(name: string, { folder, headers }: Asset): RequestHandler {
  return (_request, response) => {
    response.sendFile(name, { root: folder, cacheControl: false, headers });
  };
}

// Only plain names get through, so no path can leave the folders.
function assetOf(name: string): Asset | undefined {
  if (/^[a-z][a-z.-]*-[\w-]{8}\.js$/u.test(name)) {
    return { folder: join(scripts, 'assets'), headers: { ...anyOrigin, ...immutable } };
  }
  if (/^[a-z][a-z0-9-]*\.js$/u.test(name)) return { folder: scripts, headers: revalidated };
  const isStyle = /^[a-z][a-z0-9-]*\.(?:css|svg)$/u.test(name);
  return isStyle ? { folder: styles, headers: revalidated } : undefined;
}
