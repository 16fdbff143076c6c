'use strict';
// Keeps the page, and nothing else, so that it opens where there is no network.
const PAGE = new URL('floor', self.location).href;
const kept = () => caches.open('floor');
self.addEventListener('install', event => event.waitUntil(kept().then(it => it.add(new Request(PAGE, { cache: 'no-store' }))).then(() => self.skipWaiting())));
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', event => {
  if (event.request.mode !== 'navigate' || new URL(event.request.url).pathname !== new URL(PAGE).pathname) return;
  event.respondWith(fetch(event.request).then(async answer => {
    if (answer.ok) await (await kept()).put(PAGE, answer.clone());
    return answer;
  }, () => caches.match(PAGE)));
});
