/* The tip beside the mouse. */

/** A small tip beside the mouse: the name under it and who holds it. */
function watchPointer(map, pick, model, state) {
  const tip = document.getElementById("tip");
  const hide = () => {
    tip.hidden = true;
    map.getContainer().classList.remove("over");
  };
  let due = 0;
  map.on("mousemove", (event) => {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(() => {
      const hit = pick(event.containerPoint);
      map.getContainer().classList.toggle("over", Boolean(hit));
      if (!hit) return hide();
      const strong = document.createElement("bdi");
      strong.textContent = clip(nameOf(hit.item), 60);
      tip.replaceChildren(strong);
      const line = document.createElement("span");
      if (hit.kind === "place") {
        const [, holder, contested, besieged] = model.statusAt(hit.item, state.day);
        line.textContent = listed(clip(model.partyName(holder), 60), contested ? say("contested") : "", besieged ? say("besieged") : "");
      } else if (hit.kind === "event") {
        line.textContent = eventCountWords(model.events.upTo(state.day, state.eventSpan).filter(({ place }) => hit.item.places.includes(place)));
      } else if (hit.kind === "ground") {
        line.textContent = clip(model.partyName(hit.item.holder), 60);
      } else if (hit.kind === "post") {
        line.textContent = listed(clip(postKind(model, hit.item), 80), clip(say(model.postStatus(hit.item, state.day)), 40));
      } else {
        line.textContent = say("highway");
      }
      tip.append(line);
      tip.hidden = false;
      const size = map.getSize();
      tip.style.left = `${Math.min(event.containerPoint.x + 14, size.x - tip.offsetWidth - 8)}px`;
      tip.style.top = `${Math.min(event.containerPoint.y + 14, size.y - tip.offsetHeight - 8)}px`;
      return undefined;
    });
  });
  map.on("mouseout movestart zoomstart", () => {
    cancelAnimationFrame(due);
    hide();
  });
}
