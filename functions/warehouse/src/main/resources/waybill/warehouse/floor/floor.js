'use strict';
(() => {
  const settings = JSON.parse(document.getElementById('settings').textContent);
  const $ = id => document.getElementById(id);
  const say = (key, ...values) => (settings.words[key] ?? key).replace(/\{(\d)\}/g, (_, n) => values[n]);
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const wait = millis => new Promise(done => setTimeout(done, millis));
  const shelf = storage => ({
    get: name => JSON.parse(storage.getItem('waybill.' + name) ?? 'null'),
    set: (name, value) => value == null ? storage.removeItem('waybill.' + name) : storage.setItem('waybill.' + name, JSON.stringify(value))
  });
  // The token lives as long as the tab. What was scanned and not answered yet outlives the phone's battery.
  const session = shelf(sessionStorage);
  const phone = shelf(localStorage);
  /** What one person has begun, nobody else goes on with. */
  const own = name => `${name} ${me?.id}`;
  const base = location.pathname.replace(/\/floor\/?$/, '');

  // ---- Signing in: OAuth's authorization code with PKCE, at the issuer that the API trusts -----------------------------

  const base64url = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const chance = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
  const issuer = async () => (await fetch(settings.issuer + '/.well-known/openid-configuration')).json();
  const here = location.origin + location.pathname;

  async function signIn() {
    try {
      const { authorization_endpoint } = await issuer();
      const handshake = { verifier: chance(), state: chance() };
      session.set('handshake', handshake);
      const challenge = base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(handshake.verifier)));
      location.assign(authorization_endpoint + '?' + new URLSearchParams({ response_type: 'code', client_id: settings.client, redirect_uri: here,
        scope: settings.scopes, state: handshake.state, code_challenge: challenge, code_challenge_method: 'S256' }));
    } catch {
      announce('wrong', say('no_network'));
    }
  }

  /** Back from the issuer: the code leaves the address at once, and is worth nothing without the verifier. */
  async function cameBack() {
    const query = new URLSearchParams(location.search);
    if (!query.has('state')) return;
    history.replaceState(null, '', location.pathname);
    const handshake = session.get('handshake');
    session.set('handshake', null);
    if (!query.has('code') || handshake?.state !== query.get('state')) return announce('wrong', say('not_signed_in'));
    try {
      const { token_endpoint } = await issuer();
      const answer = await fetch(token_endpoint, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code',
        client_id: settings.client, code: query.get('code'), redirect_uri: here, code_verifier: handshake.verifier }) });
      if (!answer.ok) return announce('wrong', say('not_signed_in'));
      session.set('token', (await answer.json()).access_token);
    } catch {
      announce('wrong', say('no_network'));
    }
  }

  /** What the token says of its person; the API alone decides what that is worth. */
  function person() {
    try {
      const part = session.get('token').split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
      const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), it => it.charCodeAt(0))));
      const locations = claims.locations ?? claims['custom:locations'] ?? '';
      return { id: claims.sub, name: claims.username ?? claims.preferred_username ?? claims.sub,
        locations: (Array.isArray(locations) ? locations : locations.split(/[\s,[\]]+/)).filter(it => it) };
    } catch {
      return null;
    }
  }

  function signedOut(text) {
    session.set('token', null);
    start(text);
  }

  /** The pool's own sign-in remembers its person for an hour, and would let whoever takes the phone next work as them. */
  function signOut() {
    signedOut();
    if (settings.sign_out && navigator.onLine) {
      location.assign(settings.sign_out + '?' + new URLSearchParams({ client_id: settings.client, logout_uri: here }));
    }
  }

  // ---- Asking the API ----------------------------------------------------------------------------------------------------

  /** @return {status, body}; status 0 if there was no answer, or half of one */
  async function call(method, path, body, key) {
    const headers = { Authorization: 'Bearer ' + session.get('token') };
    if (body) headers['Content-Type'] = 'application/json';
    if (key) headers['Idempotency-Key'] = key;
    try {
      const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body), cache: 'no-store', signal: AbortSignal.timeout(20000) });
      const text = await answer.text();
      ahead = Date.parse(answer.headers.get('Date')) - Date.now() || 0;
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    } catch {
      return { status: 0 };
    }
  }

  let ahead = 0;
  /** By the API's clock, as a phone's may be wrong. */
  const now = () => new Date(Date.now() + ahead).toISOString();

  const isLost = status => status === 0 || status === 429 || status >= 500;
  const pause = tries => Promise.race([wait(Math.min(500 * 2 ** tries, 10000)), new Promise(done => addEventListener('online', done, { once: true }))]);

  /** Asks until there is an answer, or the person has gone elsewhere. @return null if they have, or it was refused */
  async function ask(path) {
    const asked = screen;
    for (let tries = 0; ; tries++) {
      const { status, body } = await call('GET', path);
      if (screen !== asked) return null;
      if (!isLost(status)) {
        online(true);
        if (status < 300) return body;
        if (status === 401) signedOut(say('expired'));
        else announce('wrong', refusal(body));
        return null;
      }
      online(false);
      await pause(tries);
      if (screen !== asked) return null;
    }
  }

  const refusal = body => {
    if (body?.message?.text) return body.message.text;
    const words = settings.words['refused.' + body?.code];
    const errors = (body?.errors ?? []).map(it => `${it.pointer ?? it.parameter ?? ''} ${it.detail}`.trim()).join('; ');
    // A refusal of the gateway itself is no problem document: it has a message alone.
    return words ?? say('refused', errors || (body?.detail ?? body?.title ?? body?.message ?? ''));
  };

  // ---- What was scanned and is not answered yet: sent in order, each with a key of its own, until it is ------------------

  let sending = false;
  let closed = false;
  const outbox = {
    all: () => phone.get('outbox') ?? [],
    mine: () => outbox.all().filter(it => it.person === me?.id),
    keep: all => phone.set('outbox', all.length ? all : null),
    drop: gone => {
      const before = outbox.all();
      outbox.keep(before.filter(it => !gone(it)));
      return before.length - outbox.all().length;
    }
  };

  /** @param entry {task, about, path, body} @param about what stands or falls together, a round for example */
  function send(entry) {
    quiet();
    outbox.keep([...outbox.all(), { ...entry, key: crypto.randomUUID(), person: me.id }]);
    online(connected);
    sendAll();
  }

  async function sendAll() {
    if (sending || closed) return;
    sending = true;
    try {
      await sendInTurn();
    } finally {
      sending = false;
    }
  }

  async function sendInTurn() {
    for (let tries = 0, entry; !closed && session.get('token') && (entry = outbox.mine()[0]);) {
      const answer = await call('POST', entry.path, entry.body, entry.key);
      if (closed) break;
      if (isLost(answer.status)) {
        online(false, answer.status);
        await pause(tries++);
        continue;
      }
      tries = 0;
      if (answer.status === 401) {
        signedOut(say('expired'));
        break;
      }
      outbox.drop(it => it.key === entry.key);
      const wrong = answer.status >= 300 || answer.body?.message?.level === 'error';
      // Who scanned on did not know of it: it is for them to see how things stand now.
      const dropped = wrong ? outbox.drop(it => it.person === entry.person && it.about === entry.about) : 0;
      online(true);
      // Who does something else by now only hears of it.
      const text = current === entry.task ? tasks[entry.task].answered(entry, answer) : wrong ? refusal(answer.body) : null;
      if (text != null) announce(wrong ? 'wrong' : 'right', dropped ? `${text} ${say('dropped', dropped)}` : text);
    }
  }

  let connected = true;
  function online(is, status) {
    connected = is;
    const waiting = me ? outbox.mine().length : 0;
    const text = is ? (waiting ? say('sending', waiting) : '') : say(status ? 'trouble' : 'offline', waiting);
    $('net').className = is ? '' : 'wait';
    if ($('net').textContent !== text) $('net').textContent = text;
    if (!is && document.body.dataset.tone !== 'wrong') document.body.dataset.tone = 'wait';
  }

  // ---- What a person sees and hears ---------------------------------------------------------------------------------------

  let audio;
  function sound(tone) {
    try {
      audio ??= new AudioContext();
      const notes = tone === 'right' ? [[1320, 0, .09]] : [[220, 0, .2], [165, .24, .4]];
      for (const [pitch, from, length] of notes) {
        const oscillator = audio.createOscillator();
        const volume = audio.createGain();
        oscillator.type = tone === 'right' ? 'sine' : 'square';
        oscillator.frequency.value = pitch;
        volume.gain.value = .2;
        oscillator.connect(volume).connect(audio.destination);
        oscillator.start(audio.currentTime + from);
        oscillator.stop(audio.currentTime + from + length);
      }
      navigator.vibrate?.(tone === 'right' ? 40 : [200, 100, 200]);
    } catch { /* a phone without sound shows it all the same */ }
  }

  function announce(tone, text) {
    document.body.dataset.tone = tone;
    $('said').className = tone;
    $('said').textContent = (tone === 'right' ? '\u2713 ' : tone === 'wrong' ? '\u2717 ' : '') + text;
    $('said').hidden = false;
    if (tone !== 'wait') sound(tone);
  }

  function quiet() {
    delete document.body.dataset.tone;
    $('said').hidden = true;
  }

  let screen = { actions: [], list: [] };
  let me = null;
  let current = null;

  const button = it => make('button', { type: 'button', className: it.main ? 'main' : '', onclick: () => run(it) },
    make('span', { textContent: it.text }), ...(it.code ? [make('kbd', { textContent: it.code })] : []), ...(it.small ? [make('small', { textContent: it.small })] : []));

  function run(action) {
    $('code').focus({ preventScroll: true });
    action.run();
  }

  /**
   * @param next {task, todo, facts: [[name, value]], done, of, label, scan, actions, list}; an action is {text, code, run, main}: it is done by its button,
   * or by scanning its code; an entry of the list without run is only shown; what is blind may be scanned as long as an answer is waited for
   */
  function show(next) {
    screen = { actions: [], list: [], ...next };
    stopCamera();
    $('task').textContent = screen.task;
    $('todo').textContent = screen.todo ?? '';
    $('facts').replaceChildren(...(screen.facts ?? []).filter(it => it[1] != null && it[1] !== '')
      .map(([name, value]) => make('div', { className: String(value).length > 8 ? 'long' : '' }, make('dt', { textContent: name }), make('dd', { textContent: value }))));
    $('facts').hidden = !$('facts').children.length;
    $('way').hidden = screen.of == null;
    if (screen.of != null) {
      Object.assign($('bar'), { max: Math.max(screen.of, 1), value: screen.done });
      $('far').textContent = say('far', screen.done, screen.of);
    }
    $('form').hidden = !screen.scan;
    $('label').textContent = screen.label ?? say('scan');
    $('actions').replaceChildren(...screen.actions.map(button));
    $('list').replaceChildren(...screen.list.map(it => make('li', {}, it.run ? button(it)
      : make('div', { className: 'row ' + (it.tone ?? ''), textContent: it.text }, make('small', { textContent: it.small ?? '' })))));
    $('list').hidden = !screen.list.length;
    $('where').textContent = me ? [place(), me.name].filter(it => it).join(' \u00b7 ') : '';
    $('menu').hidden = !me || !place();
    // What is being typed stays: an answer may come in the middle of the next scan.
    if (screen.scan) $('code').focus({ preventScroll: true });
  }

  function scanned(text) {
    const code = text.trim();
    if (!code) return;
    const action = [...screen.actions, ...screen.list].find(it => it.run && it.code === code.toUpperCase())
      ?? (me && place() && always[code.toUpperCase()]) ?? (outbox.mine().length && screen.blind?.find(it => it.code === code.toUpperCase()));
    if (action) run(action);
    else if (screen.scan && code[0] !== '$') screen.scan(code);
    else announce('wrong', say('not_now', code));
  }

  // A scanner types, and ends with Enter, whatever has the focus. A person's keys on a button stay the button's.
  addEventListener('keydown', event => {
    // Scanners type the separator of a GS1 code, which ends a lot, as Ctrl and ].
    const separates = event.ctrlKey && event.key === ']';
    if (event.ctrlKey && !separates || event.altKey || event.metaKey || event.target === $('code') && event.key !== 'Enter' && !separates || $('form').hidden) return;
    const typed = $('code').value;
    if (separates) {
      event.preventDefault();
      $('code').value = typed + '\u001d';
    } else if (event.key === 'Enter' && typed) {
      event.preventDefault();
      $('code').value = '';
      scanned(typed);
    } else if (event.key.length === 1 && (event.key !== ' ' || typed)) {
      event.preventDefault();
      $('code').value = typed + event.key;
      $('code').focus({ preventScroll: true });
    }
  });
  $('form').onsubmit = event => {
    event.preventDefault();
    const typed = $('code').value;
    $('code').value = '';
    scanned(typed);
  };
  $('send').textContent = say('send');
  $('keyboard').textContent = say('keyboard');
  $('keyboard').onclick = () => {
    const on = $('code').inputMode === 'none';
    $('code').inputMode = on ? 'text' : 'none';
    $('keyboard').setAttribute('aria-pressed', on);
    $('code').blur();
    $('code').focus();
  };
  $('menu').textContent = say('menu');
  $('menu').onclick = () => menu();

  // ---- The phone's camera, if its browser reads bar codes -------------------------------------------------------------------

  let stream = null;
  function stopCamera() {
    stream?.getTracks().forEach(it => it.stop());
    stream = null;
    $('view').hidden = true;
    $('view').srcObject = null;
    $('camera').setAttribute('aria-pressed', false);
  }

  async function startCamera() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      return announce('wrong', say('no_camera'));
    }
    const own = stream;
    const detector = new BarcodeDetector();
    $('view').srcObject = stream;
    $('view').hidden = false;
    $('camera').setAttribute('aria-pressed', true);
    await $('view').play();
    while (stream === own) {
      const [found] = await detector.detect($('view')).catch(() => []);
      if (found && stream === own) {
        stopCamera();
        scanned(found.rawValue);
      } else {
        await wait(150);
      }
    }
  }

  $('camera').textContent = say('camera');
  $('camera').hidden = !('BarcodeDetector' in window && navigator.mediaDevices);
  $('camera').onclick = () => stream ? stopCamera() : startCamera();

  // ---- Where a person works, and at what -------------------------------------------------------------------------------------

  const place = () => {
    const kept = phone.get('place');
    return kept && (!me?.locations.length || me.locations.includes(kept)) ? kept : me?.locations.length === 1 ? me.locations[0] : null;
  };
  const to = id => () => {
    phone.set('place', id);
    begin();
  };

  async function choosePlace() {
    current = null;
    show({ task: say('place'), todo: say('which_place'), scan: id => to(id)() , label: say('scan_place') });
    const asked = screen;
    const known = me.locations.length ? me.locations.map(id => ({ id }))
      : (await ask('/locations'))?.data ?? [];
    if (screen !== asked) return;
    show({ task: say('place'), todo: say('which_place'), scan: id => to(id)(), label: say('scan_place'),
      list: known.map(it => ({ text: it.name ?? it.id, small: it.name ? it.id : '', run: to(it.id) })) });
  }

  function menu() {
    quiet();
    current = null;
    $('code').value = '';
    show({ task: say('menu'), todo: say('what_to_do'), label: say('scan_task'), scan: code => announce('wrong', say('not_now', code)),
      list: Object.entries(tasks).map(([name, task]) => ({ text: say('task.' + name), code: task.code, run: () => begin(name) })),
      actions: [{ text: say('other_place'), run: choosePlace }, { text: say('sign_out'), code: '$OUT', run: signOut }] });
  }

  const always = { $MENU: { run: menu } };

  /** Goes on with what the person did last. */
  function begin(name = phone.get('task') ?? 'pick') {
    quiet();
    $('code').value = '';
    phone.set('task', name in tasks ? name : 'pick');
    current = phone.get('task');
    return tasks[current].start();
  }

  // ---- Picking: the API says what is next, and what was wrong --------------------------------------------------------------------

  const pick = {
    code: '$PICK',
    times: 1,
    async start() {
      const kept = phone.get('work');
      if (kept?.person === me.id && kept.work.location_id === place()) pick.show(kept.work);
      else show({ task: say('task.pick'), todo: say('asking'), scan: code => announce('wrong', say('not_now', code)) });
      // What waits is sent first: the answer to it says how the work stands.
      if (outbox.mine().some(it => it.task === 'pick')) {
        await sendAll();
        if (phone.get('work')) return;
      }
      const work = await ask(`/work/next?kind=pick&location_id=${encodeURIComponent(place())}`);
      if (work) pick.show(work);
    },
    show(work) {
      phone.set('work', { person: me.id, work });
      pick.times = 1;
      const { expects, state, progress } = work;
      const act = (action, more) => () => pick.send(work, 'actions', { action, ...more });
      const next = { text: say('next'), code: '$NEXT', main: true, run: () => { quiet(); phone.set('work', null); pick.start(); } };
      const known = {
        skip: { text: say('skip'), code: '$SKIP', run: act('skip') },
        missing: { text: say('missing'), code: '$MISSING', run: act('missing') },
        tote_full: { text: say('full'), code: '$FULL', run: act('tote_full') },
        empty: { text: say('empty'), code: '$EMPTY', main: true, run: act('empty') },
        not_empty: { text: say('not_empty'), code: '$NOTEMPTY', run: () => pick.notEmpty(work) },
        release: { text: say('release'), code: '$RELEASE', run: act('release') }
      };
      const over = state === 'idle' || state === 'done';
      const all = state === 'unit' && expects.quantity > 1
        ? [{ text: say('all', expects.quantity), code: '$ALL', run: () => { pick.times = expects.quantity; announce('wait', say('next_counts', expects.quantity)); } }] : [];
      show({ task: [say('task.pick'), work.carrier, work.device].filter(it => it).join(' \u00b7 '), todo: work.instruction,
        facts: over || state === 'empty' ? [] : [[say('bin'), expects.bin], [say('units'), expects.quantity], [say('lot'), expects.lot], [say('tote'), expects.tote]],
        done: progress?.units_done, of: progress?.units, label: say('scan.' + state),
        scan: code => {
          const times = pick.times;
          pick.times = 1;
          if (over) return announce('wrong', say('not_now', code));
          pick.send(work, 'scans', times > 1 ? { code, quantity: times } : { code });
        },
        blind: Object.values(known),
        actions: [...(over ? [next] : []), ...all, ...(over ? [] : expects.actions.map(it => known[it]).filter(it => it))] });
      if (state === 'idle') pick.later(screen);
    },
    async later(idle) {
      await wait(20000);
      if (screen === idle) pick.start();
    },
    notEmpty(work) {
      const digit = n => ({ text: String(n), run: () => { $('code').value += n; } });
      show({ task: say('task.pick'), todo: say('how_many_left'), label: say('number'),
        scan: text => /^\d{1,6}$/.test(text) && Number(text) > 0 ? pick.send(work, 'actions', { action: 'not_empty', quantity: Number(text) }) : announce('wrong', say('no_number', text)),
        actions: [...[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(digit), { text: say('unknown_number'), code: '$OK', run: () => pick.send(work, 'actions', { action: 'not_empty' }) },
          { text: say('back'), code: '$BACK', run: () => pick.show(work) }] });
    },
    send(work, kind, body) {
      send({ task: 'pick', about: work.id, path: `/work/${work.id}/${kind}`, body });
    },
    answered({ body: sent }, { status, body }) {
      if (status >= 300) {
        phone.set('work', null);
        begin('pick');
        return refusal(body);
      }
      if (sent.action === 'release' && body.message?.level !== 'error') {
        phone.set('work', null);
        show({ task: say('task.pick'), todo: say('released'), scan: code => announce('wrong', say('not_now', code)),
          actions: [{ text: say('next'), code: '$NEXT', main: true, run: () => { quiet(); pick.start(); } }] });
        return say('released');
      }
      pick.show(body);
      return body.message?.text ?? say('heard');
    }
  };

  // ---- What was scanned is what product ------------------------------------------------------------------------------------------

  const digits = code => /^\d+$/.test(code) ? code.replace(/^0+/, '') : code;
  const known = new Map();
  let catalog = null;

  /** @return {sku, name, lots, units}, of which a pack's code stands for several; null if there is none; undefined if the person has gone elsewhere */
  async function product(code) {
    // A SKU may begin with a zero, too; of a GTIN the zeros before it say nothing.
    const found = () => known.get(code) ?? known.get(digits(code));
    if (found()) return found();
    const asked = screen;
    if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(code)) (await ask('/work/products?sku=' + encodeURIComponent(code)))?.data.forEach(learn);
    if (!found() && screen === asked) {
      catalog ??= readCatalog();
      if (!await catalog) catalog = null;
    }
    return screen === asked ? found() ?? null : undefined;
  }

  function learn(it) {
    const found = { sku: it.sku, name: it.name, lots: it.lot_tracked, units: 1 };
    known.set(it.sku, found);
    if (it.gtin) known.set(digits(it.gtin), found);
    for (const pack of it.packs ?? []) known.set(digits(pack.gtin), { ...found, units: pack.units });
  }

  /** No route finds a product by its bar code, so a phone reads the catalog once; up to some thousand products. */
  async function readCatalog() {
    for (let cursor = null, pages = 0; pages < 50; pages++) {
      const page = await ask('/work/products?limit=100' + (cursor ? '&cursor=' + encodeURIComponent(cursor) : ''));
      if (!page) return false;
      page.data.forEach(learn);
      cursor = page.next_cursor;
      if (!cursor) break;
    }
    return true;
  }

  const isNumber = text => /^\d{1,6}$/.test(text);
  const called = it => it.name && it.name !== it.sku ? `${it.sku} (${it.name})` : it.sku;

  /** Units, each scanned, or scanned once and their number said. What is on it stays on the phone. */
  function sheet(kept, change) {
    const rows = phone.get(kept) ?? [];
    const keep = () => {
      phone.set(kept, rows.length ? rows : null);
      change();
    };
    return {
      rows,
      clear() { phone.set(kept, null); },
      add(row, units) {
        const same = rows.findIndex(it => it.id === row.id);
        const [it] = same < 0 ? [{ ...row, units: 0 }] : rows.splice(same, 1);
        it.units += units;
        rows.unshift(it);
        keep();
      },
      /** Of what was scanned last. */
      set(change) {
        if (!rows.length) return announce('wrong', say('scan_first'));
        Object.assign(rows[0], change);
        if (!rows[0].units) rows.shift();
        keep();
        sound('right');
      },
      list: () => rows.map(it => ({ text: `${it.units} \u00d7 ${called(it)}`, small: [it.lot && say('lot') + ' ' + it.lot, it.damaged && say('broken', it.damaged)].filter(it => it).join(' \u00b7 ') }))
    };
  }

  const nothing = code => announce('wrong', say('not_now', code));

  // ---- Counting: nobody is shown what is expected ----------------------------------------------------------------------------------

  const count = {
    code: '$COUNT',
    turn: Promise.resolve(),
    async start() {
      const kept = phone.get('count');
      if (kept?.person === me.id && kept.count.location_id === place()) return count.at(kept.count);
      show({ task: say('task.count'), todo: say('asking'), scan: nothing });
      const open = await ask('/counts?limit=100&location_id=' + encodeURIComponent(place()));
      if (!open) return;
      // Whoever has counted does not count again.
      const mine = open.data.filter(it => it.status === 'requested' || it.status === 'recount' && it.counters.at(-1) !== me.id);
      const next = { text: say('ask_again'), code: '$NEXT', main: true, run: () => { quiet(); count.start(); } };
      if (!mine.length) return show({ task: say('task.count'), todo: say('nothing_to_count'), scan: nothing, actions: [next] });
      show({ task: say('task.count'), todo: say('go_to_bin', mine[0].bin), label: say('scan.bin'),
        scan: code => {
          const found = mine.find(it => it.bin === code);
          if (!found) return announce('wrong', say('no_count', code));
          phone.set('count', { person: me.id, count: found });
          phone.set('counted', null);
          announce('right', say('at_bin', code));
          count.at(found);
        },
        list: mine.map(it => ({ text: it.bin, small: say('reason.' + it.reason) })), actions: [next] });
    },
    at(it, lotOf) {
      const sheetOf = sheet('counted', () => count.at(it));
      const finish = () => {
        const { rows } = sheetOf;
        phone.set('count', null);
        sheetOf.clear();
        show({ task: say('task.count'), todo: say('sending', 1), scan: nothing });
        send({ task: 'count', about: it.id, count: it, rows, path: `/counts/${it.id}/tallies`,
          body: { lines: rows.map(row => ({ sku: row.sku, ...(row.lot ? { lot: row.lot } : {}), counted: row.units })), counted_at: now() } });
      };
      show({ task: `${say('task.count')} \u00b7 ${it.bin}`, todo: lotOf ? say('scan_lot_of', called(lotOf)) : say('count_all', it.bin), label: lotOf ? say('scan.lot') : say('scan_or_number'),
        counting: it.id, finish, scan: code => count.next(it, shown => shown.take(code)),
        take: async code => {
          if (lotOf) return sheetOf.add({ id: lotOf.sku + ' ' + code, sku: lotOf.sku, name: lotOf.name, lot: code }, lotOf.units), announce('right', called(lotOf));
          if (isNumber(code)) return sheetOf.set({ units: Number(code) });
          const found = await product(code);
          if (found === undefined) return;
          if (!found) return announce('wrong', say('no_product', code));
          if (found.lots) return count.at(it, found);
          sheetOf.add({ id: found.sku, sku: found.sku, name: found.name }, found.units);
          announce('right', called(found));
        },
        list: sheetOf.list(),
        actions: [{ text: sheetOf.rows.length ? say('done') : say('bin_is_empty'), code: sheetOf.rows.length ? '$DONE' : '$EMPTY', main: sheetOf.rows.length > 0, run: () => count.next(it, shown => shown.finish()) },
          { text: say('back'), code: '$BACK', run: () => { phone.set('count', null); sheetOf.clear(); count.start(); } }] });
    },
    /** One after the other, each on the screen that the one before has led to: what is scanned while a product is looked up counts too. */
    next(it, act) {
      count.turn = count.turn.then(() => screen.counting === it.id ? act(screen) : null).catch(reportError);
    },
    answered(entry, { status, body }) {
      if (status === 422 && !phone.get('count')) {
        phone.set('count', { person: me.id, count: entry.count });
        phone.set('counted', entry.rows);
      }
      count.start();
      return status >= 300 ? refusal(body) : say('counted.' + body.status);
    }
  };

  // ---- Putting away -------------------------------------------------------------------------------------------------------------------

  const putaway = {
    code: '$PUT',
    start() {
      show({ task: say('task.putaway'), todo: say('scan_dock'), label: say('scan.unit'), scan: code => putaway.propose(code) });
    },
    async propose(code, lot, units, found) {
      found ??= await product(code);
      if (found === undefined) return;
      if (!found) return announce('wrong', say('no_product', code));
      if (found.lots && !lot) {
        return show({ task: say('task.putaway'), todo: say('scan_lot_of', called(found)), label: say('scan.lot'),
          scan: text => putaway.propose(code, text, units, found), actions: [{ text: say('back'), code: '$BACK', run: putaway.start }] });
      }
      const proposal = await ask('/putaway-proposals?' + new URLSearchParams({ location_id: place(), sku: found.sku, ...(lot ? { lot } : {}), ...(units ? { quantity: units } : {}) }));
      if (proposal) putaway.show(found, lot, proposal);
    },
    show(found, lot, proposal) {
      quiet();
      const [best] = proposal.places;
      const back = { text: say('other_product'), code: '$BACK', run: () => { quiet(); putaway.start(); } };
      const facts = [[say('at_dock'), proposal.unplaced], [say('held'), proposal.held], [say('cross_dock'), proposal.cross_dock], [say('lot'), lot]];
      if (!proposal.quantity) return show({ task: say('task.putaway'), todo: proposal.held ? say('all_held', proposal.held, called(found)) : proposal.cross_dock ? say('all_cross_dock', called(found)) : say('nothing_at_dock', called(found)), facts,
        scan: code => putaway.propose(code), label: say('scan.unit'), actions: [back] });
      let other = null;
      const units = best?.quantity ?? proposal.quantity;
      show({ task: `${say('task.putaway')} \u00b7 ${called(found)}`,
        todo: best ? say('put_into', units, best.bin) : say('overflow.' + proposal.overflow.reason, proposal.overflow.quantity),
        facts: [[say('why'), best && say('why.' + best.reason)], ...facts], label: say('scan_bin_or_number'),
        list: proposal.places.slice(1).map(it => ({ text: say('then', it.quantity, it.bin), small: say('why.' + it.reason) })),
        scan: code => {
          if (isNumber(code) && code !== best?.bin) return Number(code) > 0 ? putaway.propose(found.sku, lot, Number(code), found) : announce('wrong', say('no_number', code));
          if (code !== best?.bin && code !== other) {
            other = code;
            return announce('wrong', say('other_bin', code));
          }
          show({ task: say('task.putaway'), todo: say('sending', 1), scan: nothing });
          send({ task: 'putaway', about: found.sku, product: found.sku, lot,
            path: '/bin-moves', body: { location_id: place(), to: code, sku: found.sku, ...(lot ? { lot } : {}), quantity: units, reason: 'putaway' } });
        },
        actions: [back] });
    },
    answered(entry, { status, body }) {
      const text = status >= 300 ? refusal(body) : say('lies', entry.body.quantity, entry.body.sku, entry.body.to);
      show({ task: say('task.putaway'), todo: say('asking'), scan: code => putaway.propose(code), label: say('scan.unit') });
      putaway.propose(entry.product, entry.lot).then(() => announce(status >= 300 ? 'wrong' : 'right', text));
      return null;
    }
  };

  // ---- Receiving ----------------------------------------------------------------------------------------------------------------------

  const receive = {
    code: '$RECEIVE',
    start() {
      const kept = phone.get(own('inbound'));
      if (kept) return receive.open(kept);
      show({ task: say('task.receive'), todo: say('which_inbound'), label: say('scan.inbound'), scan: code => receive.open(code) });
    },
    async open(id) {
      show({ task: say('task.receive'), todo: say('asking'), scan: code => receive.open(code), label: say('scan.inbound') });
      const inbound = await ask('/inbounds/' + encodeURIComponent(id));
      if (!inbound) return phone.set(own('inbound'), null);
      if (inbound.location_id !== place()) {
        receive.close();
        return announce('wrong', say('other_inbound', inbound.location_id));
      }
      if (phone.get(own('inbound')) !== id) phone.set(own('arrived'), null);
      phone.set(own('inbound'), id);
      receive.at(inbound);
    },
    close() {
      phone.set(own('inbound'), null);
      phone.set(own('arrived'), null);
      receive.start();
    },
    at(inbound) {
      const sheetOf = sheet(own('arrived'), () => receive.at(inbound));
      const finish = complete => () => {
        const lines = sheetOf.rows.map(it => it.sku ? { sku: it.sku, quantity: it.units, ...(it.damaged ? { damaged: it.damaged } : {}) }
          // A label may say how many packs it stands for: it counts, unless a person does.
          : { code: it.code, ...(it.typed || it.units > 1 ? { packs: it.units } : {}), ...(it.damaged ? { damaged: it.damaged } : {}) });
        const { rows } = sheetOf;
        sheetOf.clear();
        show({ task: say('task.receive'), todo: say('sending', 1), scan: nothing });
        send({ task: 'receive', about: inbound.id, rows, path: `/inbounds/${encodeURIComponent(inbound.id)}/receipts`, body: { lines, complete } });
      };
      show({ task: `${say('task.receive')} \u00b7 ${inbound.id}`, todo: say('scan_arrived'), label: say('scan_or_number'),
        done: inbound.lines.reduce((sum, it) => sum + it.received, 0), of: inbound.lines.reduce((sum, it) => sum + it.quantity, 0),
        scan: code => {
          const line = inbound.lines.find(it => it.sku === code);
          if (!line && isNumber(code)) return sheetOf.set({ units: Number(code), typed: true });
          sheetOf.add(line ? { id: code, sku: code } : { id: code, code, name: say('pack') }, 1);
          announce('right', code);
        },
        list: [...sheetOf.list(), ...inbound.lines.map(it => ({ text: it.sku, small: say('of_expected', it.received, it.quantity) }))],
        actions: [...(sheetOf.rows.length ? [{ text: say('book'), code: '$DONE', main: true, run: finish(false) },
          { text: say('damaged'), code: '$DAMAGED', run: () => sheetOf.set({ damaged: Math.min((sheetOf.rows[0]?.damaged ?? 0) + 1, 1000000) }) }] : []),
          { text: say('complete'), code: '$COMPLETE', run: finish(true) }, { text: say('other_inbound_next'), code: '$BACK', run: receive.close }] });
    },
    answered(entry, { status, body }) {
      // Meanwhile more may have been scanned, or another inbound.
      const isOpen = phone.get(own('inbound')) === entry.about;
      if (isOpen && status >= 300) {
        const sheetOf = sheet(own('arrived'), () => {});
        [...entry.rows].reverse().forEach(it => sheetOf.add(it, it.units));
      } else if (isOpen && entry.body.complete) {
        phone.set(own('inbound'), null);
      }
      receive.start();
      return status >= 300 ? refusal(body) : say(entry.body.complete ? 'inbound_done' : 'booked');
    }
  };

  // ---- Packing: each unit is scanned, so that no wrong one gets into a box -------------------------------------------------------------

  const pack = {
    code: '$PACK',
    async start() {
      const kept = phone.get('pack');
      if (kept?.person === me.id) return pack.open(kept.id);
      const open = code => pack.find(code);
      show({ task: say('task.pack'), todo: say('which_tote'), label: say('scan.tote_or_slip'), scan: open });
      const page = await ask('/fulfillments?status=open&limit=50&location_id=' + encodeURIComponent(place()));
      if (page) show({ task: say('task.pack'), todo: page.data.length ? say('which_tote') : say('nothing_to_pack'), label: say('scan.tote_or_slip'), scan: open,
        list: page.data.map(it => ({ text: it.lines.map(line => `${line.quantity} \u00d7 ${line.sku}`).join(', '), small: it.id, run: () => pack.open(it.id) })),
        actions: [{ text: say('ask_again'), code: '$NEXT', run: () => { quiet(); pack.start(); } }] });
    },
    async find(code) {
      if (/^ful_/.test(code)) return pack.open(code);
      const tote = await ask(`/bins/${encodeURIComponent(place())}/${encodeURIComponent(code)}`);
      if (tote?.fulfillment_id) pack.open(tote.fulfillment_id);
      else if (tote) announce('wrong', say('empty_tote', code));
    },
    async open(id) {
      quiet();
      show({ task: say('task.pack'), todo: say('asking'), scan: nothing });
      const work = await ask('/fulfillments/' + encodeURIComponent(id));
      if (!work) return phone.set('pack', null);
      if (work.location_id !== place() || work.status !== 'open') {
        phone.set('pack', null);
        const packed = work.status === 'packed' && work.parcels.length;
        if (packed) return pack.labels(work);
        pack.start();
        return announce('wrong', say('not_to_pack', id));
      }
      const skus = [...new Set(work.lines.map(it => it.sku))];
      for (let i = 0; i < skus.length; i += 50) {
        const found = await ask('/work/products?' + skus.slice(i, i + 50).map(it => 'sku=' + encodeURIComponent(it)).join('&'));
        if (!found) return;
        found.data.forEach(learn);
      }
      const kept = phone.get('pack');
      pack.at(work, kept?.id === id && kept.person === me.id ? kept : { id, person: me.id, boxes: [], box: {} });
    },
    /** @param state {id, person, boxes: those that are closed, box: units by line of the open one} */
    at(work, state) {
      phone.set('pack', state);
      const inBoxes = line => state.boxes.reduce((sum, it) => sum + (it.box[line] ?? 0), state.box[line] ?? 0);
      const left = line => line.quantity - inBoxes(line.line_id);
      const units = work.lines.reduce((sum, it) => sum + it.quantity, 0);
      const done = work.lines.reduce((sum, it) => sum + inBoxes(it.line_id), 0);
      const some = Object.keys(state.box).length > 0;
      if (done === units) return some ? pack.close(work, state) : pack.submit(work, state);
      show({ task: `${say('task.pack')} \u00b7 ${say('parcel', state.boxes.length + 1)}`, todo: say('scan_units'), done, of: units, label: say('scan.unit'),
        scan: async code => {
          const found = await product(code);
          if (found === undefined) return;
          const lines = work.lines.filter(it => it.sku === found?.sku);
          const line = lines.find(it => left(it) >= found.units);
          if (!line) return announce('wrong', lines.length ? say('enough', called(found)) : say('not_in_order', code));
          announce('right', called(found));
          pack.at(work, { ...state, box: { ...state.box, [line.line_id]: (state.box[line.line_id] ?? 0) + found.units } });
        },
        list: work.lines.map(it => ({ text: `${inBoxes(it.line_id)} / ${it.quantity} ${called(known.get(it.sku) ?? it)}`, tone: left(it) ? '' : 'right' })),
        actions: [...(some ? [{ text: say('close_box'), code: '$BOX', main: true, run: () => pack.close(work, state) }] : []),
          { text: say('again'), code: '$AGAIN', run: () => pack.at(work, { ...state, boxes: [], box: {} }) },
          { text: say('back'), code: '$BACK', run: () => { phone.set('pack', null); pack.start(); } }] });
    },
    async close(work, state) {
      const boxed = size => pack.weigh(work, state, size);
      const form = { task: `${say('task.pack')} \u00b7 ${say('parcel', state.boxes.length + 1)}`, todo: say('which_box'), label: say('scan.box') };
      const scan = code => {
        const size = /^(\d{1,5})\s*[x\u00d7*]\s*(\d{1,5})\s*[x\u00d7*]\s*(\d{1,5})$/i.exec(code);
        if (size) return boxed({ length_mm: Number(size[1]), width_mm: Number(size[2]), height_mm: Number(size[3]) });
        if (!boxes.some(it => it.id === code)) return announce('wrong', say('no_box', code));
        boxed({ box_id: code });
      };
      let early = null;
      show({ ...form, scan: code => { early = code; } });
      const boxes = (await ask('/boxes'))?.data.filter(it => !it.location_id || it.location_id === place());
      const all = { text: say('again'), code: '$AGAIN', run: () => pack.at(work, { ...state, boxes: [], box: {} }) };
      if (boxes) show({ ...form, scan, list: boxes.map(it => ({ text: it.name ?? it.id, small: it.id, run: () => boxed({ box_id: it.id }) })), actions: [all] });
      if (boxes && early) scan(early);
    },
    weigh(work, state, size) {
      quiet();
      const closed = more => pack.at(work, { ...state, boxes: [...state.boxes, { box: state.box, ...size, ...more }], box: {} });
      pack.grams(say('parcel', state.boxes.length + 1), say('weigh_it'), grams => closed({ weight_grams: grams }),
        [{ text: say('no_scale'), code: '$NOSCALE', run: () => closed({}) }, { text: say('back'), code: '$BACK', run: () => pack.close(work, state) }]);
    },
    grams(parcel, todo, take, actions) {
      show({ task: `${say('task.pack')} \u00b7 ${parcel}`, todo, label: say('grams'), actions,
        scan: text => /^\d{1,7}$/.test(text) && Number(text) ? take(Number(text)) : announce('wrong', say('no_weight', text)) });
    },
    submit(work, state) {
      phone.set('pack', null);
      show({ task: say('task.pack'), todo: say('sending', 1), scan: nothing });
      send({ task: 'pack', about: work.id, work, state, path: `/fulfillments/${work.id}/packing`,
        body: { parcels: state.boxes.map(({ box, ...rest }) => ({ ...rest, lines: Object.entries(box).map(([line_id, quantity]) => ({ line_id, quantity })) })) } });
    },
    /** The API knows what each parcel should weigh. Whoever looks into it and weighs the same again is right. */
    reweigh({ work, state }, n) {
      phone.set('pack', state);
      const before = state.boxes[n].weight_grams;
      pack.grams(say('parcel', n + 1), say('weigh_again'), grams => pack.submit(work, { ...state,
        boxes: state.boxes.map((it, i) => i === n ? { ...it, weight_grams: grams, ...(grams === before ? { weight_checked: true } : {}) } : it) }),
      [{ text: say('again'), code: '$AGAIN', run: () => pack.at(work, { ...state, boxes: [], box: {} }) }]);
    },
    answered(entry, { status, body }) {
      const weight = body?.errors?.find(it => it.code === 'weight_differs');
      if (weight) {
        pack.reweigh(entry, Number(weight.pointer.split('/')[2]));
        return say('weight_differs', entry.state.boxes[Number(weight.pointer.split('/')[2])].weight_grams);
      }
      if (status >= 300) {
        pack.start();
        return refusal(body);
      }
      pack.labels(body);
      return say('packed', body.parcels.length);
    },
    labels(work) {
      show({ task: say('task.pack'), todo: say('print_labels'), scan: code => pack.find(code), label: say('scan.tote_or_slip'),
        actions: [...work.parcels.map((it, n) => ({ text: say('label', n + 1), code: n ? `$PRINT${n + 1}` : '$PRINT', main: true, run: () => pack.print(it.id) })),
          { text: say('next'), code: '$NEXT', run: () => { quiet(); pack.start(); } }] });
    },
    /** A label may be bought a moment after its parcel was packed. */
    async print(parcel) {
      const asked = screen;
      for (let tries = 0; tries < 30 && screen === asked; tries++) {
        try {
          const answer = await fetch(`${base}/parcels/${parcel}/label`, { headers: { Authorization: 'Bearer ' + session.get('token') }, cache: 'no-store' });
          if (answer.ok) {
            const name = /filename="?([\w.-]+)/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? parcel;
            const link = make('a', { href: URL.createObjectURL(await answer.blob()), download: name });
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 60000);
            return announce('right', say('printed', name));
          }
          if (answer.status !== 404 && !isLost(answer.status)) return announce('wrong', refusal(await answer.json()));
        } catch { /* tried again */ }
        announce('wait', say('waits_for_label'));
        await wait(1000);
      }
      if (screen === asked) announce('wrong', say('no_label_yet'));
    }
  };

  // ---- The lead's board: what is open by its cut-off, who works on it, and what is stuck ------------------------------------------------

  const board = {
    code: '$BOARD',
    async start() {
      show({ task: say('task.board'), todo: say('asking'), scan: nothing });
      const at = '&location_id=' + encodeURIComponent(place());
      const work = await ask('/work?' + at.slice(1));
      const counts = work && await ask('/counts?limit=100' + at);
      const open = counts && await ask('/fulfillments?status=open&limit=100' + at);
      const short = open && await ask('/fulfillments?status=short&limit=100');
      if (!short) return;
      const time = text => new Date(text).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
      const late = it => Date.parse(it.cut_off_at) < Date.now() + ahead;
      const more = page => page.data.length + (page.next_cursor ? '+' : '');
      const people = new Set(work.data.map(it => it.holder).filter(it => it));
      show({ task: say('task.board'), todo: work.data.length ? say('rounds_open', work.data.length) : say('no_rounds'), scan: nothing, label: say('scan_task'),
        facts: [[say('to_pack'), more(open)], [say('short'), more(short)], [say('people'), people.size], [say('to_count'), counts.data.filter(it => it.status !== 'in_review').length],
          [say('to_review'), counts.data.filter(it => it.status === 'in_review').length]],
        list: [...work.data.map(it => ({ tone: late(it) || it.silent ? 'wrong' : '',
          text: `${time(it.cut_off_at)} \u00b7 ${it.carrier} \u00b7 ${say('far', it.progress.units_done, it.progress.units)}`,
          small: [it.holder ? say(it.silent ? 'silent' : 'works', it.holder) : say('nobody'), late(it) && say('late')].filter(it => it).join(' \u00b7 ') })),
          ...counts.data.map(it => ({ text: `${say('bin')} ${it.bin} \u00b7 ${say('status.' + it.status)}`, small: say('reason.' + it.reason) }))],
        actions: [{ text: say('ask_again'), code: '$NEXT', main: true, run: () => { quiet(); board.start(); } }] });
      board.later(screen);
    },
    async later(shown) {
      await wait(30000);
      if (screen === shown) board.start();
    },
    answered: () => null
  };

  const tasks = { pick, pack, count, putaway, receive, board };

  // ---- From the beginning ---------------------------------------------------------------------------------------------------------

  function start(text) {
    me = person();
    online(true);
    if (!me) {
      show({ task: say('title'), todo: settings.client ? say('welcome') : say('no_client'),
        actions: settings.client ? [{ text: say('sign_in'), main: true, run: signIn }] : [] });
      $('actions').firstElementChild?.focus();
      if (text) announce('wrong', text);
    } else if (!place()) {
      choosePlace();
    } else {
      begin();
      sendAll();
    }
  }

  // One tab of a phone sends: the newest.
  navigator.locks?.request('waybill-floor', { steal: true }, () => new Promise(() => {})).catch(() => {
    closed = true;
    show({ task: say('title'), todo: say('other_tab'), actions: [{ text: say('here'), main: true, run: () => location.reload() }] });
  });
  navigator.serviceWorker?.register(base + '/floor?part=worker', { scope: base + '/floor' }).catch(() => {});
  addEventListener('online', () => sendAll());
  cameBack().then(() => start());
})();
