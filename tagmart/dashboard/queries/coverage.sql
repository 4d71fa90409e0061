select
    measure,
    status,
    reason_en,
    reason_zh
from measurement.measurement_coverage
order by measure
