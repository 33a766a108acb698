package com.ventros.crm.billing.web;

import com.ventros.crm.billing.InvoiceView;
import com.ventros.crm.billing.OperateAccounts;
import com.ventros.crm.billing.SettleInvoices;
import com.ventros.crm.http.Cursor;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Invoices: a company looks at its own, whoever runs the installation settles those of all. */
@RestController
@RequestMapping("/api/v1/billing")
class InvoiceController {

    /** How the money came. */
    record Payment(@NotBlank @Size(max = LONGEST) String note) {}

    record Reason(@NotBlank @Size(max = LONGEST) String reason) {}

    /** In Java's characters; the exact limit is that of the invoice. */
    private static final int LONGEST = 1_000;

    private final InvoiceView view;
    private final SettleInvoices settle;
    private final OperateAccounts operate;

    InvoiceController(InvoiceView view, SettleInvoices settle, OperateAccounts operate) {
        this.view = view;
        this.settle = settle;
        this.operate = operate;
    }

    /** Lists the company's invoices, the last first. */
    @Requires(Permission.BILLING_READ)
    @GetMapping("/invoices")
    Page<InvoiceView.Shown> list(Paging paging) {
        return Page.of(view.list(paging), paging, invoice -> Cursor.after(invoice.number()));
    }

    /** Lists the invoices of an account, the last first. */
    @Requires(Permission.BILLING_READ)
    @GetMapping("/accounts/{id}/invoices")
    Page<InvoiceView.Shown> ofAccount(@PathVariable UUID id, Paging paging) {
        return Page.of(operate.invoices(id, paging), paging, invoice -> Cursor.after(invoice.number()));
    }

    /** Shows an invoice. */
    @Requires(Permission.BILLING_READ)
    @GetMapping("/invoices/{id}")
    InvoiceView.Shown get(@PathVariable UUID id) {
        return settle.shown(id);
    }

    /** Says that an invoice was paid. */
    @Requires(Permission.BILLING_MANAGE)
    @PostMapping("/invoices/{id}/pay")
    InvoiceView.Shown pay(@PathVariable UUID id, @Valid @RequestBody Payment request) {
        return settle.pay(id, request.note());
    }

    /** Takes an invoice back, which keeps its number. */
    @Requires(Permission.BILLING_MANAGE)
    @PostMapping("/invoices/{id}/void")
    InvoiceView.Shown annul(@PathVariable UUID id, @Valid @RequestBody Reason request) {
        return settle.annul(id, request.reason());
    }
}
