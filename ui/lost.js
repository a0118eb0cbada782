// Runs once in the head's component: says in a line that the app does not answer, whatever was asked of it, until it does.
// Gradio then loads the page anew.
const lost = element.querySelector(".ibid-lost");
const fetching = window.fetch;
let since = 0; // what was asked before that and comes later does not say that the app is back
const LOST =
  "Ibid cannot be reached: the program has ended, or the connection is gone. What you did last was not done. " +
  "When it is back, the page opens anew; the conversation is in History.";

element.closest("#ibid-head").after(lost); // out of the head, which lies below the narrow reader

window.fetch = async (...asked) => {
  const begun = performance.now();
  try {
    const answer = await fetching(...asked);
    if (begun > since) lost.hidden = true;
    return answer;
  } catch (error) {
    if (error.name !== "AbortError" && lost.hidden) {
      since = performance.now();
      lost.hidden = false;
      lost.textContent = LOST; // written when it shows, or it would not be read out
    }
    throw error;
  }
};
