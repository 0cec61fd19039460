#!/usr/bin/env python3
"""Makes the files beside it with SciPy; run it in its own folder.

A meta.mat like the one of ImageNet's devkit, with four classes whose ids are not in the order of WordNet ids, compressed as the
real one is and plain.
"""
import numpy as np
from scipy.io import savemat

kinds = [("ILSVRC2012_ID", "O"), ("WNID", "O"), ("words", "O"), ("num_children", "O"), ("children", "O")]
rows = [(1, "n02119789", "kit fox, Vulpes macrotis"), (2, "n01440764", "tench"), (3, "n03444034", "go-kart"), (300, "n01443537", "goldfish")]
synsets = np.empty((len(rows), 1), dtype=kinds)
for i, (number, wnid, words) in enumerate(rows):
    synsets[i, 0] = (float(number), wnid, words, np.uint8(0), np.zeros((0, 0)))
savemat("meta-compressed.mat", {"synsets": synsets}, do_compression=True)
savemat("meta-plain.mat", {"synsets": synsets, "other": np.arange(3.0)}, do_compression=False)
