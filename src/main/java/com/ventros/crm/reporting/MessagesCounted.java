package com.ventros.crm.reporting;

import com.ventros.crm.billing.MessageCounts;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** From the quarters of an hour that reports are made of: a month of UTC has whole ones. */
@Component
class MessagesCounted implements MessageCounts {

    private final JdbcClient db;

    MessagesCounted(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<Count> between(YearMonth first, YearMonth last) {
        return db.sql("""
                select date_trunc('month', quarter at time zone 'UTC')::date as month, sum(written)::bigint as written, sum(inbound)::bigint as received
                  from report_volume
                 where generation = live_generation('message-figures') and quarter >= :low and quarter < :high
                 group by 1 having sum(written) + sum(inbound) > 0 order by 1
                """)
                .param("low", first.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("high", last.plusMonths(1).atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Count(YearMonth.from(row.getObject("month", LocalDate.class)), row.getLong("written"), row.getLong("received"))).list();
    }
}
