-- What lies where in patient space, in large and in small cubes: empty if the image has no place there. Of images that were
-- noted before it is made when they are exported next.
alter table dataset.image_signature add column coarse bytea;
alter table dataset.image_signature add column fine bytea;
