-- A claim looks at the lots of 64 tasks, which lie all over the table: the index alone answers.

drop index review.task_lot;
create index task_lot on review.task (lot)
  include (id, handed_to, handed_until, not_for, due_at)
  where state in ('WAITING', 'RETURNED') and order_key < 500000;
