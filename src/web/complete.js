// Completes what is typed in the search box. Without it the page works as well.
(() => {
  const box = document.getElementById("q");
  const list = document.getElementById("completions");
  if (!box || !list) return;
  let waiting = 0;
  let asked = "";
  const show = (completions) => {
    list.replaceChildren(...completions.map((completion) => {
      const option = document.createElement("option");
      option.value = completion.q;
      option.label = `${completion.text} · ${completion.kind} · ${completion.count}`;
      return option;
    }));
  };
  const ask = async () => {
    const typed = box.value;
    if (typed === asked) return;
    asked = typed;
    if (typed.trim().length < 2) return show([]);
    try {
      const answer = await fetch("/v1/complete?q=" + encodeURIComponent(typed));
      if (answer.ok && typed === box.value) show((await answer.json()).completions);
    } catch {
      // The server is away: the box is a box.
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
})();
