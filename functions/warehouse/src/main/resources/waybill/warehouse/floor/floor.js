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

  // ---- Asking the API ----------------------------------------------------------------------------------------------------

  /** @return {status, body}; status 0 if there was no answer, or half of one */
  async function call(method, path, body, key) {
    const headers = { Authorization: 'Bearer ' + session.get('token') };
    if (body) headers['Content-Type'] = 'application/json';
    if (key) headers['Idempotency-Key'] = key;
    try {
      const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body), cache: 'no-store', signal: AbortSignal.timeout(20000) });
      const text = await answer.text();
      return { status: answer.status, body: text ? JSON.parse(text) : null };
    } catch {
      return { status: 0 };
    }
  }

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
    const words = settings.words['refused.' + body?.code];
    const errors = (body?.errors ?? []).map(it => `${(it.field ?? '').replace(/^\//, '')} ${it.detail}`).join('; ');
    return words ?? say('refused', [body?.detail ?? body?.message ?? body?.title ?? '', errors].filter(it => it).join(' '));
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
      const dropped = wrong ? outbox.drop(it => it.about === entry.about) : 0;
      online(true);
      const text = tasks[entry.task].answered(entry, answer);
      if (text != null) announce(wrong ? 'wrong' : 'right', dropped ? `${text} ${say('dropped', dropped)}` : text);
    }
    sending = false;
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
      .map(([name, value]) => make('div', {}, make('dt', { textContent: name }), make('dd', { textContent: value }))));
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
    if (event.ctrlKey || event.altKey || event.metaKey || event.target === $('code') && event.key !== 'Enter' || $('form').hidden) return;
    const typed = $('code').value;
    if (event.key === 'Enter' && typed) {
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
    show({ task: say('place'), todo: say('which_place'), scan: id => to(id)() , label: say('scan_place') });
    const known = me.locations.length ? me.locations.map(id => ({ id }))
      : (await ask('/locations?limit=100'))?.data ?? [];
    show({ task: say('place'), todo: say('which_place'), scan: id => to(id)(), label: say('scan_place'),
      list: known.map(it => ({ text: it.name ?? it.id, small: it.name ? it.id : '', run: to(it.id) })) });
  }

  function menu() {
    quiet();
    $('code').value = '';
    show({ task: say('menu'), todo: say('what_to_do'), label: say('scan_task'), scan: code => announce('wrong', say('not_now', code)),
      list: Object.entries(tasks).map(([name, task]) => ({ text: say('task.' + name), code: task.code, run: () => begin(name) })),
      actions: [{ text: say('other_place'), run: choosePlace }, { text: say('sign_out'), code: '$OUT', run: () => signedOut() }] });
  }

  const always = { $MENU: { run: menu } };

  /** Goes on with what the person did last. */
  function begin(name = phone.get('task') ?? 'pick') {
    quiet();
    $('code').value = '';
    phone.set('task', name in tasks ? name : 'pick');
    return tasks[phone.get('task')].start();
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
      if (outbox.mine().some(it => it.task === 'pick')) return sendAll();
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

  const tasks = { pick };

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
