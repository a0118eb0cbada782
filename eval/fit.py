"""Fit the answerer's numbers: `python -m eval.fit --questions FILE --corpus NAME [--general DIR]`, writes answer/model.json.

Two fits, both on development questions only. The sentence scorer is a linear ranker: over the sentences retrieved for
a question it maximises the softmax probability of those that hold evidence (ListNet with binary relevance, Cao et al.
2007). The confidence is a logistic regression over answer.confidence.SIGNALS of answerable against unanswerable
questions, scored out of fold, and the threshold is the lowest that keeps false refusals within bounds there.
"""
