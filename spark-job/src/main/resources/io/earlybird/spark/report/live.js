'use strict';

// --- where the run is, asked of the driver that serves this page ---

document.addEventListener('DOMContentLoaded', () => {
  const {version, run} = JSON.parse(document.getElementById('data').textContent);
  const bar = document.createElement('progress'), status = document.createElement('p');
  bar.setAttribute('aria-label', 'Share of the run that is done');
  bar.style.width = '100%';
  status.id = 'status';
  status.style.fontVariantNumeric = 'tabular-nums';
  document.querySelector('header').append(bar, status);

  async function look() {
    try {
      const answer = await fetch('progress', {cache: 'no-store'});
      if (!answer.ok) throw new Error(answer.statusText);
      const now = await answer.json();
      if (now.version !== version) {
        location.reload();
        return;
      }
      bar.value = now.done;
      status.textContent = now.status || 'waiting for the first round ...';
    } catch (failure) {
      status.textContent = `The driver does not answer: the run has ended, or it cannot be reached. Its report is ${run.directory}/report/index.html`;
    }
    setTimeout(look, 2000);
  }
  look();
});
