package org.firstpass.dataset;

import java.util.List;
import org.firstpass.segment.LabelSchema;

/** What a data set may have, decided before the first pixel is read. */
record DatasetPlan(
    DatasetDescription dataset,
    LabelSchema schema,
    List<PlannedCase> cases,
    List<LeftOutCase> leftOut) {}
