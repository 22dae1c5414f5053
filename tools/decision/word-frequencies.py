"""Writes how often words occur, from wordfreq: one line each, language, word, frequency.

Usage: pip install wordfreq==3.1.1; python tools/decision/word-frequencies.py > frequencies.tsv
wordfreq's data are CC BY-SA 4.0 (Robyn Speer, "rspeer/wordfreq", 2022).
"""

from wordfreq import top_n_list, word_frequency

WORDS = {"en": 40_000, "ru": 60_000}

for language, count in WORDS.items():
    for word in top_n_list(language, count):
        if "\t" not in word:
            print(language, word, f"{word_frequency(word, language):.3e}", sep="\t")
