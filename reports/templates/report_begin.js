/* report_begin.js - begins: see report_base.js.
   SPDX-License-Identifier: GPL-3.0-or-later */

for (const article of document.querySelectorAll('article.community')) nets.push(new Network(article));
nets.forEach(chart);
if (index.length) document.querySelector('main').before(finder());
const watch = new IntersectionObserver((seen) => {
  for (const one of seen)
    if (one.isIntersecting) {
      nets.find((net) => net.article === one.target).wake();
      watch.unobserve(one.target);
    }
}, {rootMargin: '600px'});
nets.forEach((net) => watch.observe(net.article));
/* Paper shows the whole drawing, without filter or choice. */
addEventListener('beforeprint', () => charts.forEach((one) => one.fit()));
addEventListener('beforeprint', () => nets.filter((net) => net.live).forEach((net) => {
  net.printed = true;
  net.off.clear();
  net.step = net.partner = '';
  net.figure.querySelectorAll('select').forEach((select) => { select.value = ''; });
  net.figure.querySelectorAll('[aria-pressed]').forEach((button) => button.setAttribute('aria-pressed', 'true'));
  net.k = 1;
  net.x = net.y = 0;
  net.close(false);
  net.filter();
}));
addEventListener('afterprint', () => nets.filter((net) => net.live).forEach((net) => {
  net.printed = false;
  net.draw();
}));
document.documentElement.classList.add('scripted');
