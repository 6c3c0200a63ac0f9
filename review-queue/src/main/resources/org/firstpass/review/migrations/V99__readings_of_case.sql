-- The second reading of a case is found by its task.
create index case_figure_task on review.case_figure (task_id);
