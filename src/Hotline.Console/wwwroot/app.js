// What only a browser can do; everything else is in C#.
window.hotline = (() => {
  const store = sessionStorage; // what is typed belongs to this tab and goes with it

  // ---- live changes: an EventSource that reconnects by itself, and a new one where the browser gave up
  function live(page) {
    let source, last = '', batch = [], timer = 0, heard = Date.now();
    const flush = () => { timer = 0; const items = batch; batch = []; page.invokeMethodAsync('OnChanges', '[' + items.join(',') + ']'); };
    const take = event => {
      heard = Date.now();
      if (event.lastEventId) last = event.lastEventId;
      const kind = JSON.parse(event.data).kind;
      if (kind === 'connected') page.invokeMethodAsync('OnConnection', true);
      if (kind === 'connected' || kind === 'alive') return;
      batch.push(event.data);
      timer ||= setTimeout(flush, 50);
    };
    const open = () => {
      source?.close();
      heard = Date.now();
      source = new EventSource('/api/live' + (last ? '?lastEventId=' + encodeURIComponent(last) : ''));
      source.onmessage = take;
      source.onerror = async () => {
        page.invokeMethodAsync('OnConnection', false);
        // the stream of somebody who was signed out closes: nothing of theirs is shown any longer
        if ((await fetch('/session/me').catch(() => null))?.status === 401) page.invokeMethodAsync('OnSignedOut');
      };
    };
    open();
    // refused (the gateway restarts, the session ended) or silent: the browser does not try again by itself
    setInterval(() => { if (source.readyState === EventSource.CLOSED || Date.now() - heard > 40000) open(); }, 3000);
    const session = new BroadcastChannel('hotline.session');
    session.onmessage = open;
  }

  // ---- dialogs: what was typed does not go with a click beside it or with Escape, which leads to the way back instead;
  // Ctrl+Enter sends its form
  function dialogs() {
    const typed = box => box?.querySelector('.mud-dialog[data-typed]');
    const stop = e => { e.preventDefault(); e.stopPropagation(); };
    document.addEventListener('input', e => { const d = e.target.closest?.('.mud-dialog'); if (d) d.dataset.typed = ''; }, true);
    for (const kind of ['pointerdown', 'mousedown', 'mouseup', 'click'])
      document.addEventListener(kind, e => {
        if (!e.target.closest?.('.mud-dialog') && typed(e.target.closest?.('.mud-dialog-container'))) stop(e);
      }, true);
    document.addEventListener('keydown', e => {
      const dialog = e.target.closest?.('.mud-dialog'), form = dialog?.querySelector('form') ?? e.target.closest?.('form[data-ctrl-enter]');
      if (e.key === 'Escape' && dialog?.dataset.typed === '' && !document.querySelector('.mud-popover-open')) {
        stop(e);
        dialog.querySelector('.mud-dialog-actions button')?.focus();
      } else if (form && e.ctrlKey && !e.shiftKey && e.key === 'Enter') {
        stop(e);
        e.target.dispatchEvent(new Event('change', { bubbles: true })); // what is being typed counts
        form.requestSubmit();
      }
    }, true);
  }
  dialogs();

  // ---- focus: what had it may be gone, moved elsewhere, or shut for a moment. Then it goes to what is nearest to where it was:
  // the same thing (data-focus) wherever it stands now, the next in the list, the heading of its part, the page's title
  function keepFocus() {
    const reachable = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';
    const layers = '.mud-dialog, .mud-popover, [data-layer]';
    const nowhere = { chain: [] };
    let last = { chain: [{ node: document.createElement('i') }] }, since = 0, timer = 0;
    const there = n => n?.isConnected && n.getClientRects().length > 0;
    const first = n => n && [...n.querySelectorAll(reachable)].find(there);
    const remember = node => {
      const chain = [], layer = node.closest(layers);
      for (let n = node; n !== document.body && n.parentElement; n = n.parentElement)
        chain.push({ node: n, index: [...n.parentElement.children].indexOf(n), key: n.dataset.focus });
      let known = last; // a layer leads back to what it was opened from
      while (known && known.layer !== layer) known = known.opener;
      last = { chain, layer, opener: known ? known.opener : layer ? last : null };
    };
    const to = node => {
      if (!node) return;
      if (!node.matches(reachable) && !node.hasAttribute('tabindex')) node.tabIndex = -1;
      node.focus({ preventScroll: node.tagName === 'H1' });
    };
    const moved = ({ chain }) => first([...document.querySelectorAll('[data-focus]')].find(n => chain.some(c => c.key === n.dataset.focus)));
    const nearest = ({ chain }) => {
      const up = chain.findIndex(c => c.node.isConnected);
      if (up > 0) {
        const place = chain[up].node, next = place.children[Math.min(chain[up - 1].index, place.children.length - 1)];
        if (/^(OL|UL|TBODY)$/.test(place.tagName) && first(next)) return first(next);
        for (const { node } of chain.slice(up)) {
          const heading = node.matches('section, article, form, .mud-dialog') && node.querySelector('h1, h2, h3');
          if (there(heading)) return heading;
        }
      }
      return document.querySelector('main h1');
    };
    const check = () => {
      timer = 0;
      if (document.activeElement !== document.body || last.chain.length === 0) return since = 0;
      let at = last;
      while (!there(at.chain[0]?.node) && at.opener && !first(there(at.layer) && at.layer)) at = at.opener;
      if (at.chain.length === 0) return;
      const node = at.chain[0].node;
      since ||= Date.now();
      if (there(node)) {
        if (!node.disabled) return to(node);
        // what is shut for a moment opens again; what stays shut leaves the focus to its neighbour
        if (Date.now() - since < 1000) return timer = setTimeout(check, 100);
        return to(at.chain.map(c => first(c.node)).find(n => n));
      }
      const same = moved(at);
      // what moves is first taken away: it is looked for a little while
      if (!same && at.chain.some(c => c.key) && Date.now() - since < 1500) return timer = setTimeout(check, 100);
      to(same ?? nearest(at));
    };
    document.addEventListener('focusin', e => { if (e.target !== document.body) { since = 0; remember(e.target); } });
    // who clicks beside everything wants the focus nowhere
    document.addEventListener('pointerdown', e => {
      if (!e.target.closest?.(reachable + ', label, [tabindex], ' + layers)) last = nowhere;
    }, true);
    new MutationObserver(() => timer ||= setTimeout(check)).observe(document.body,
      { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'style', 'class'] });
  }
  keepFocus();

  // ---- Back leads to where one was on the page as well, once its list is there again
  function keepScroll() {
    history.scrollRestoration = 'manual';
    const key = () => 'hotline.scroll.' + (history.state?._index ?? 0) + location.pathname + location.search;
    let wanted = null;
    addEventListener('scroll', () => { if (wanted === null) store.setItem(key(), Math.round(scrollY)); }, { passive: true });
    for (const own of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
      addEventListener(own, () => { wanted = null; }, { passive: true, capture: true });
    addEventListener('popstate', () => {
      const began = Date.now();
      wanted = Number(store.getItem(key()) ?? 0);
      const follow = () => {
        if (wanted === null) return;
        scrollTo(0, wanted);
        const arrived = scrollY > wanted - 2 && !document.querySelector('main .loading') && Date.now() - began > 500;
        if (arrived || Date.now() - began > 3000) wanted = null;
        else requestAnimationFrame(follow);
      };
      follow();
    });
  }
  keepScroll();

  // ---- a field whose arrows move in the list below it: its caret stays where it is, and it keeps the focus
  document.addEventListener('keydown', e => {
    if (e.target.matches?.('[data-steers]') && ['ArrowUp', 'ArrowDown', 'Tab'].includes(e.key)) e.preventDefault();
  });

  // ---- keys: Alt+letter, Ctrl+K, Ctrl+Enter, ? (outside of fields), Escape where nothing else is open that it closes, and a letter, a
  // digit or / alone where nothing is typed, go to the page
  function keys(page) {
    const field = e => e.target.closest('input, textarea, select, [contenteditable]');
    const closable = e => e.target.closest('.mud-dialog, .palette-veil') || document.querySelector('.mud-popover-open');
    const typing = e => e.target.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], .mud-dialog');
    document.addEventListener('keydown', e => {
      let key = null;
      if (e.altKey && !e.ctrlKey && !e.metaKey) {
        if (/^(Key[A-Z]|Digit[0-9])$/.test(e.code)) key = 'Alt+' + e.code.slice(-1);
        else if (e.code === 'ArrowUp' || e.code === 'ArrowDown') key = 'Alt+' + e.code.slice(5);
      } else if (e.ctrlKey && e.key === 'Enter') key = e.shiftKey ? 'Ctrl+Shift+Enter' : 'Ctrl+Enter';
      else if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.code === 'KeyK') key = 'Ctrl+K';
      else if (e.key === '?' && !field(e)) key = '?';
      else if (e.key === 'Escape' && !e.isComposing && !closable(e)) key = 'Escape';
      else if (/^[a-z0-9/]$/i.test(e.key) && !e.ctrlKey && !e.metaKey && !e.repeat && !typing(e)) key = e.key.toUpperCase();
      if (!key) return;
      if (page.invokeMethod('Handles', key)) { e.preventDefault(); page.invokeMethodAsync('OnKey', key); }
    });
  }

  // ---- cards: in [data-arrows] the arrows lead from item to item of a lane and to the lane beside it, a digit to the item that it
  // counts, and a letter does what the card of the item has under it
  function cards() {
    const items = lane => [...lane.querySelectorAll('[data-item]')];
    const target = (box, e) => {
      const own = e.target.closest('[data-card]'), card = own ?? e.target, digit = /^[1-9]$/.test(e.key);
      if (digit) return items(box)[e.key - 1];
      // a letter acts on the card that one is on, never on the first that there is
      const letter = own && /^Key[A-Z]$/.test(e.code) && !e.shiftKey
        && own.querySelector(`[data-key="${e.code.slice(3).toLowerCase()}"]:not(:disabled)`);
      if (letter) return { focus: () => letter.click() };
      const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[e.key];
      if (!step) return null;
      const all = [...box.querySelectorAll('[data-lane]')], lanes = (all.length ? all : [box]).filter(l => items(l).length > 0);
      const lane = lanes.findIndex(l => l.contains(card)), at = lane < 0 ? -1 : items(lanes[lane]).findIndex(i => card.contains(i));
      if (at < 0) return lanes[0] && items(lanes[0])[0];
      const beside = lanes[lane + step[0]];
      return beside && (items(beside)[at + step[1]] ?? (step[0] ? items(beside).at(-1) : null));
    };
    document.addEventListener('keydown', e => {
      const box = e.target.closest?.('[data-arrows]');
      if (!box || e.ctrlKey || e.altKey || e.metaKey || e.target.closest('input, textarea, select, [role=listbox]')) return;
      const to = target(box, e);
      if (!to) return;
      e.preventDefault();
      to.focus();
    });
  }
  cards();

  // nobody waits for the whole program to be told to sign in
  async function start() {
    if (location.pathname !== '/signed-out') {
      const answer = await fetch('/session/me').catch(() => null);
      if (answer?.status === 401)
        return location.replace('/session/login?returnUrl=' + encodeURIComponent(location.pathname + location.search));
    }
    Blazor.start();
  }
  start();

  function keep(name, file) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000); // by then the browser has it
  }

  let audio, pointing;
  return {
    live, keys,
    get: key => store.getItem(key),
    set: (key, value) => value === null ? store.removeItem(key) : store.setItem(key, value),
    clear: () => store.clear(),
    setting: key => localStorage.getItem(key),
    setSetting: (key, value) => localStorage.setItem(key, value),
    dark: () => matchMedia('(prefers-color-scheme: dark)').matches,
    density: kind => { document.documentElement.dataset.density = kind; },
    language: tag => { document.documentElement.lang = tag; },
    focus: id => document.getElementById(id)?.focus(),
    // the chosen or first one of its items
    focusItem: id => (document.querySelector(`#${id} [data-item][aria-pressed=true]`) ?? document.querySelector(`#${id} [data-item]`))?.focus(),
    // frames what the tour speaks of, and nothing else, as soon as it is there
    point: selector => {
      pointing?.disconnect();
      document.querySelectorAll('[data-pointed]').forEach(n => n.removeAttribute('data-pointed'));
      const look = () => {
        const node = document.querySelector(selector);
        node?.setAttribute('data-pointed', '');
        node?.scrollIntoView({ block: 'center' });
        if (node) pointing?.disconnect();
      };
      if (!selector) return;
      pointing = new MutationObserver(look);
      pointing.observe(document.body, { childList: true, subtree: true });
      look();
    },
    reveal: id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }),
    // the first field of a form with which something is wrong, else what is wrong with all of it
    focusFault: form => (form.querySelector('[aria-invalid="true"]') ?? form.querySelector('.fault'))?.focus(),
    copy: async text => {
      // there is no clipboard without https, except at localhost
      try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
    },
    // the text of the file chosen, null where it is larger than any list of people;
    // Chinese spreadsheet programs save GB 18030 or UTF-16 as well as UTF-8
    fileText: async input => {
      const file = input.files[0];
      if (!file || file.size > 1048576) return null;
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
      try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch { return new TextDecoder('gb18030').decode(bytes); }
    },
    download: (name, text) => keep(name, new Blob([text], { type: 'text/csv' })),
    // a file that a service makes, under the name that it gives it: nothing, or what went wrong, its status before it (0 = no answer, or
    // not all of it)
    save: async (path, language) => {
      try {
        const answer = await fetch(path, { headers: { 'Accept-Language': language } });
        if (!answer.ok) return `${answer.status} ${await answer.text()}`;
        const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('Content-Disposition'));
        keep(decodeURIComponent(name[1]), await answer.blob());
        return '';
      } catch { return '0 '; }
    },
    signOut: async () => {
      store.clear();
      // follows to Identity, whose own session must end too: else the next visit would sign in by itself
      const answer = await fetch('/session/logout', { method: 'POST', headers: { 'X-CSRF': '1' } });
      location.assign(answer.ok ? '/signed-out' : '/');
    },
    onSignedIn: page => { new BroadcastChannel('hotline.session').onmessage = () => page.invokeMethodAsync('OnSignedIn'); },
    // three short tones; a browser allows sound once the person has touched the page
    ring: () => {
      audio ??= new AudioContext();
      audio.resume();
      [0, 0.25, 0.5].forEach(at => {
        const tone = audio.createOscillator(), gain = audio.createGain();
        tone.frequency.value = 880;
        gain.gain.setValueAtTime(0.25, audio.currentTime + at);
        gain.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.2);
        tone.connect(gain).connect(audio.destination);
        tone.start(audio.currentTime + at);
        tone.stop(audio.currentTime + at + 0.22);
      });
      navigator.vibrate?.(200);
    },
  };
})();
