-- Steps on findings: tags, places, borders, measurements and comments are kept like strokes.

alter table review.stroke add column finding text;   -- what became of a finding, as JSON; null for a step on labels
