package com.ventros.crm.billing;

import java.time.YearMonth;
import java.util.List;

/** Whoever counts messages. Billing asks; to count each of them once more would cost a queue and a row for every message. */
public interface MessageCounts {

    /** Messages of a month of UTC: those that were written here, and those of customers. */
    record Count(YearMonth month, long written, long received) {}

    /** Of the bound tenant, the oldest first, months without messages left out; both months count. A moment late. */
    List<Count> between(YearMonth first, YearMonth last);
}
