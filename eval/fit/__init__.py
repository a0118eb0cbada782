"""Fit the answerer's numbers to questions; `python -m eval.fit --general DIR --documents DIR` writes answer/model.json.

Two fits. The sentence scorer is a linear ranker: over the sentences retrieved for a question it maximises the softmax
probability of those that hold evidence (ListNet with binary relevance, Cao et al. 2007, 'Learning to rank: from
pairwise approach to listwise approach'). The confidence is a logistic regression of answerable against unanswerable
questions over answer.confidence.SIGNALS, in which every document counts alike, and its logit is then calibrated; its
threshold is the highest at which, each document being judged by a fit on the others, at most a given share of the
answerable questions is refused.

`--general` names a folder with documents.jsonl ({doc_id, title, text}) and questions.jsonl ({qid, doc_id, question,
answers, answerable, paragraph_span}), as made from SQuAD. Half of the scorer's weight then lies on its questions, so
that a few dozen questions on one document do not decide alone; and the confidence is fitted on every third document
that has unanswerable ones. What is unanswerable from one paragraph may well be answered in another, so none of these
documents can be told well; they say how answerable questions look.

`--documents` names a folder with more documents, NAME.txt, and their questions, NAME.jsonl. Both fits learn from them;
for the confidence each document is also asked some answerable questions of the others, which it cannot answer.
"""

from eval.fit.command import main
from eval.fit.confidence import fit_confidence
from eval.fit.ranker import fit_ranker

__all__ = ["fit_confidence", "fit_ranker", "main"]
