package org.firstpass.phantom;

/** A solid of one tissue; painted over what was there before, its label too (0 is background). */
record Structure(Shape shape, Tissue tissue, int label) {}
