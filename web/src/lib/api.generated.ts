// Made from docs/reference/openapi.json by `npm run client`: not to be changed by hand.

export interface paths {
    "/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the agents, archived ones only with `archived=true`.
         * @description Needs `team_read`.
         */
        get: operations["getAgents"];
        put?: never;
        /**
         * Makes an agent of a member, or of a program.
         * @description Needs `team_manage`.
         */
        post: operations["postAgents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an agent.
         * @description Needs `team_read`.
         */
        get: operations["getAgentsById"];
        put?: never;
        post?: never;
        /**
         * Archives an agent, who takes no sessions any more.
         * @description Needs `team_manage`.
         */
        delete: operations["deleteAgentsById"];
        options?: never;
        head?: never;
        /**
         * Changes an agent.
         * @description Needs `team_manage`.
         */
        patch: operations["patchAgentsById"];
        trace?: never;
    };
    "/agents/{id}/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says whether an agent takes sessions, for somebody else or for a program.
         * @description Needs `team_manage`.
         */
        post: operations["postAgentsByIdAvailability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes an agent back from the archive.
         * @description Needs `team_manage`.
         */
        post: operations["postAgentsByIdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the agent that the caller is.
         * @description Needs `inbox_read`.
         */
        get: operations["getAgentsMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/me/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says whether the caller, who is an agent, takes sessions.
         * @description Needs `message_send`.
         */
        post: operations["postAgentsMeAvailability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/me/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a sign of life, so that the caller is not taken for gone.
         * @description Needs `message_send`.
         */
        post: operations["postAgentsMeSeen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the keys, the newest first.
         * @description Needs `api_key_manage`.
         */
        get: operations["getApiKeys"];
        put?: never;
        /**
         * Makes a key.
         * @description Its text is in this answer and in no other.
         *
         *     Needs `api_key_manage`.
         */
        post: operations["postApiKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revokes a key; it opens nothing from now on.
         * @description Needs `api_key_manage`.
         */
        delete: operations["deleteApiKeysById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignment-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the rules by which sessions come to agents.
         * @description Needs `team_read`.
         */
        get: operations["getAssignmentRules"];
        put?: never;
        /**
         * Makes a rule for one of a project, a channel and a team.
         * @description Needs `team_manage`.
         */
        post: operations["postAssignmentRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignment-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Deletes a rule.
         * @description Needs `team_manage`.
         */
        delete: operations["deleteAssignmentRulesById"];
        options?: never;
        head?: never;
        /**
         * Changes a rule.
         * @description Needs `team_manage`.
         */
        patch: operations["patchAssignmentRulesById"];
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what people and keys did, the last first.
         * @description Needs `audit_read`.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Checks the chain from the beginning, or after a position that an earlier answer reached.
         * @description Needs `audit_read`.
         */
        get: operations["getAuditVerify"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accepts an invitation with a name and a password, once, and signs in. */
        post: operations["postAuthInvitationsAccept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invitations/show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows what the link from a letter invites to. */
        post: operations["postAuthInvitationsShow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a letter with a link for a new password, if somebody signs in with this address; the answer does not tell. */
        post: operations["postAuthPasswordResets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password-resets/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets a new password with the link from a letter, once.
         * @description All sign-ins are over; sign in with the new password.
         */
        post: operations["postAuthPasswordResetsComplete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a new access token for the refresh cookie, which is good once and replaced. */
        post: operations["postAuthRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signs in with e-mail address and password, and a code where a second factor is on.
         * @description The refresh token comes in a cookie that no script can read.
         */
        post: operations["postAuthSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs out: the refresh cookie and the access token are void. */
        post: operations["postAuthSignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens a company with its owner and signs in, on servers where that is switched on. */
        post: operations["postAuthSignUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the company's account with its plan.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the accounts of all companies, the newest first, or the caller's own.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an account.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingAccountsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Puts a company on a plan.
         * @description Needs `billing_manage`.
         */
        patch: operations["patchBillingAccountsById"];
        trace?: never;
    };
    "/billing/accounts/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a company begin, or go on.
         * @description Needs `billing_manage`.
         */
        post: operations["postBillingAccountsByIdActivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/accounts/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a company send and make nothing any more.
         * @description Needs `billing_manage`.
         */
        post: operations["postBillingAccountsByIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/accounts/{id}/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the invoices of an account, the last first.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingAccountsByIdInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/accounts/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a company send and make nothing until it is activated again.
         * @description Needs `billing_manage`.
         */
        post: operations["postBillingAccountsByIdSuspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows to whom the company's invoices go.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingCustomer"];
        /**
         * Says to whom the company's invoices go.
         * @description Needs `billing_manage`.
         */
        put: operations["putBillingCustomer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the company's invoices, the last first.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/invoices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an invoice.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingInvoicesById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/invoices/{id}/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says that an invoice was paid.
         * @description Needs `billing_manage`.
         */
        post: operations["postBillingInvoicesByIdPay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/invoices/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes an invoice back, which keeps its number.
         * @description Needs `billing_manage`.
         */
        post: operations["postBillingInvoicesByIdVoid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows how far each limit of the plan is used.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the plans of the installation, in the order of their codes.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what was used by month, `from` and `to` written 2026-03.
         * @description Needs `billing_read`.
         */
        get: operations["getBillingUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the business hours.
         * @description Needs `team_read`.
         */
        get: operations["getBusinessHours"];
        put?: never;
        /**
         * Makes business hours: a week, and holidays.
         * @description Needs `team_manage`.
         */
        post: operations["postBusinessHours"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/business-hours/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows business hours.
         * @description Needs `team_read`.
         */
        get: operations["getBusinessHoursById"];
        put?: never;
        post?: never;
        /**
         * Deletes business hours at which nobody works.
         * @description Needs `team_manage`.
         */
        delete: operations["deleteBusinessHoursById"];
        options?: never;
        head?: never;
        /**
         * Changes business hours.
         * @description Needs `team_manage`.
         */
        patch: operations["patchBusinessHoursById"];
        trace?: never;
    };
    "/business-hours/{id}/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says whether somebody works at `at`, or now, and when that changes.
         * @description Needs `team_read`.
         */
        get: operations["getBusinessHoursByIdOpen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/canned-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists everybody's replies and the caller's own, by short code.
         * @description Needs `inbox_read`.
         */
        get: operations["getCannedReplies"];
        put?: never;
        /**
         * Keeps a reply, for everybody or for the caller alone.
         * @description Needs `message_send`.
         */
        post: operations["postCannedReplies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/canned-replies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a reply, its gaps not filled.
         * @description Needs `inbox_read`.
         */
        get: operations["getCannedRepliesById"];
        put?: never;
        post?: never;
        /**
         * Deletes a reply; what was sent from it stays.
         * @description Needs `message_send`.
         */
        delete: operations["deleteCannedRepliesById"];
        options?: never;
        head?: never;
        /**
         * Changes a reply.
         * @description Needs `message_send`.
         */
        patch: operations["patchCannedRepliesById"];
        trace?: never;
    };
    "/canned-replies/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what a reply would say to a contact.
         * @description Needs `inbox_read`.
         */
        get: operations["getCannedRepliesByIdPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/canned-replies/{id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a reply as it is: its text, then each of its files as a message.
         * @description Needs `message_send`.
         */
        post: operations["postCannedRepliesByIdSend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/canned-replies/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fills a reply for somebody who goes on writing with it, and counts it as used.
         * @description Needs `message_send`.
         */
        post: operations["postCannedRepliesByIdTake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the channels in the order of their names; with `archived=true` those that were given up.
         * @description Needs `channel_read`.
         */
        get: operations["getChannels"];
        put?: never;
        /**
         * Connects a channel.
         * @description Needs `channel_write`.
         */
        post: operations["postChannels"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a channel.
         * @description Needs `channel_read`.
         */
        get: operations["getChannelsById"];
        put?: never;
        post?: never;
        /**
         * Gives up a channel: its session is stopped, it takes no deliveries and does not count for the plan any more; its history stays.
         * @description Done again it changes nothing.
         *
         *     Needs `channel_write`.
         */
        delete: operations["deleteChannelsById"];
        options?: never;
        head?: never;
        /**
         * Changes a channel.
         * @description Another address of WAHA needs its API key again.
         *
         *     Needs `channel_write`.
         */
        patch: operations["patchChannelsById"];
        trace?: never;
    };
    "/channels/{id}/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts a channel's session, which is made if WAHA has none of that name.
         * @description Asked again while it starts or waits for its phone, it changes nothing.
         *
         *     Needs `channel_write`.
         */
        post: operations["postChannelsByIdConnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops a channel's session.
         * @description With `logOut` its phone has to pair it anew afterwards.
         *
         *     Needs `channel_write`.
         */
        post: operations["postChannelsByIdDisconnect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes what somebody wrote.
         * @description It is kept durably; told again under the same id, it is there once.
         *
         *     Needs `message_receive`.
         */
        post: operations["postChannelsByIdMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/pairing-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a code to be typed into the phone of this number instead of scanning.
         * @description Needs `channel_write`.
         */
        post: operations["postChannelsByIdPairingCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/qr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the picture that the phone has to scan now, as PNG.
         * @description It changes every twenty seconds.
         *
         *     Needs `channel_write`.
         */
        get: operations["getChannelsByIdQr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes what became of a message of ours: sent, delivered, read or failed.
         * @description It may come early, late and again.
         *
         *     Needs `message_receive`.
         */
        post: operations["postChannelsByIdReceipts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes up a channel again that was given up; afterwards it is to be connected.
         * @description Needs `channel_write`.
         */
        post: operations["postChannelsByIdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels/{id}/webhook-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a channel a new webhook address; the old one is refused from now on.
         * @description Needs `channel_write`.
         */
        post: operations["postChannelsByIdWebhookKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the chats, those with the latest activity first; with `label` those that have it.
         * @description Needs `inbox_read`.
         */
        get: operations["getChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chats/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a chat.
         * @description Needs `inbox_read`.
         */
        get: operations["getChatsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chats/{id}/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Gives a chat these labels of its channel and takes off its others, on the phone as well.
         * @description Needs `message_send`.
         */
        put: operations["putChatsByIdLabels"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chats/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the messages of a chat, the newest first.
         * @description Needs `inbox_read`.
         */
        get: operations["getChatsByIdMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chats/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Marks a chat as read up to the message `upTo`, or up to its newest one; the customer sees it unless the channel keeps it to itself.
         * @description Needs `message_send`.
         */
        post: operations["postChatsByIdRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chats/{id}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows the customer, and colleagues on the live stream, that the caller is writing in a chat.
         * @description It ends with `false`, or ten seconds after the last `true`.
         *
         *     Needs `message_send`.
         */
        post: operations["postChatsByIdTyping"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who was erased and what was removed, the newest first.
         * @description Needs `contact_erase`.
         */
        get: operations["getContactErasures"];
        put?: never;
        /**
         * Erases a person: contact, conversations, files, and their words in the log of events.
         * @description It cannot be taken back; a message from the same number is a new contact's.
         *
         *     Needs `contact_erase`.
         */
        post: operations["postContactErasures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what an erasure removed.
         * @description Needs `contact_erase`.
         */
        get: operations["getContactErasuresById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what a project wants to know of its contacts.
         * @description Needs `contact_read`.
         */
        get: operations["getContactFields"];
        put?: never;
        /**
         * Defines a field.
         * @description Needs `contact_write`.
         */
        post: operations["postContactFields"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a field; its type and key stay.
         * @description Needs `contact_write`.
         */
        patch: operations["patchContactFieldsById"];
        trace?: never;
    };
    "/contact-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the imports, the newest first.
         * @description Needs `contact_import`.
         */
        get: operations["getContactImports"];
        put?: never;
        /**
         * Hands in a file.
         * @description The body is the file, of whatever content type; encoding and separator are found out unless they are said. Nothing is entered before it is started.
         *
         *     Needs `contact_import`.
         */
        post: operations["postContactImports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an import and how far it came.
         * @description Needs `contact_import`.
         */
        get: operations["getContactImportsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-imports/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels an import; what was entered stays until it is undone.
         * @description Needs `contact_import`.
         */
        post: operations["postContactImportsByIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-imports/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what the first rows would do if the columns were these.
         * @description Needs `contact_import`.
         */
        post: operations["postContactImportsByIdPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-imports/{id}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gives out what became of each row as a CSV file, with the cells as they stood in the file.
         * @description Needs `contact_import`.
         */
        get: operations["getContactImportsByIdResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-imports/{id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the rows with what became of each, of one outcome or all.
         * @description Needs `contact_import`.
         */
        get: operations["getContactImportsByIdRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-imports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts an import with these columns.
         * @description Needs `contact_import`.
         */
        post: operations["postContactImportsByIdStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-imports/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes back what an import entered, where nobody has touched it since.
         * @description Needs `contact_import`.
         */
        post: operations["postContactImportsByIdUndo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the lists of a project, in the order of their names.
         * @description Needs `contact_read`.
         */
        get: operations["getContactLists"];
        put?: never;
        /**
         * Makes a list: with a filter one that follows it, without one that people fill.
         * @description Needs `contact_write`.
         */
        post: operations["postContactLists"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-lists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows one list with the number of its contacts.
         * @description Needs `contact_read`.
         */
        get: operations["getContactListsById"];
        put?: never;
        post?: never;
        /**
         * Deletes a list; its contacts stay.
         * @description Needs `contact_write`.
         */
        delete: operations["deleteContactListsById"];
        options?: never;
        head?: never;
        /**
         * Changes the name, or the filter of a list that has one.
         * @description Needs `contact_write`.
         */
        patch: operations["patchContactListsById"];
        trace?: never;
    };
    "/contact-lists/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who is on a list.
         * @description Needs `contact_read`.
         */
        get: operations["getContactListsByIdContacts"];
        put?: never;
        /**
         * Puts contacts on a list that people fill.
         * @description Needs `contact_write`.
         */
        post: operations["postContactListsByIdContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-lists/{id}/contacts/{contactId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a contact off a list that people fill.
         * @description Needs `contact_write`.
         */
        delete: operations["deleteContactListsByIdContactsByContactId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contact-lists/{id}/recount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Looks at all contacts anew, for whoever wants to be sure.
         * @description Needs `contact_write`.
         */
        post: operations["postContactListsByIdRecount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the contacts, the newest first; `q` looks for a part of a name or an address.
         * @description Needs `contact_read`.
         */
        get: operations["getContacts"];
        put?: never;
        /**
         * Enters a contact.
         * @description One that has an address of theirs already is named in the refusal.
         *
         *     Needs `contact_write`.
         */
        post: operations["postContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the notes on a contact, or those that were deleted, pinned ones first.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsByContactIdNotes"];
        put?: never;
        /**
         * Writes a note.
         * @description Needs `contact_write`.
         */
        post: operations["postContactsByContactIdNotes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/notes/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a note.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsByContactIdNotesById"];
        put?: never;
        post?: never;
        /**
         * Deletes a note, which can be restored.
         * @description Needs `contact_write`.
         */
        delete: operations["deleteContactsByContactIdNotesById"];
        options?: never;
        head?: never;
        /**
         * Changes a note; what it said before is kept.
         * @description Needs `contact_write`.
         */
        patch: operations["patchContactsByContactIdNotesById"];
        trace?: never;
    };
    "/contacts/{contactId}/notes/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what the note said before.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsByContactIdNotesByIdHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{contactId}/notes/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restores a deleted note.
         * @description Needs `contact_write`.
         */
        post: operations["postContactsByContactIdNotesByIdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a contact.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsById"];
        put?: never;
        post?: never;
        /**
         * Deletes a contact, who can be restored.
         * @description Needs `contact_write`.
         */
        delete: operations["deleteContactsById"];
        options?: never;
        head?: never;
        /**
         * Changes a contact's name, language and fields.
         * @description Needs `contact_write`.
         */
        patch: operations["patchContactsById"];
        trace?: never;
    };
    "/contacts/{id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a number, an e-mail address or an id of another system.
         * @description Needs `contact_write`.
         */
        post: operations["postContactsByIdIdentities"];
        /**
         * Takes one address away.
         * @description The value is a parameter and not a part of the path, since ids of other systems may hold a slash.
         *
         *     Needs `contact_write`.
         */
        delete: operations["deleteContactsByIdIdentities"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the lists that a contact is on: those that people put them on, and those whose filter they meet.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsByIdLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says whether a contact meets a filter: what a rule would decide, and the list may show.
         * @description Needs `contact_read`.
         */
        post: operations["postContactsByIdMatches"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/merges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the contacts that people merged into this one.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsByIdMerges"];
        put?: never;
        /**
         * Merges another contact into this one, which is shown for both from then on.
         * @description Needs `contact_write`.
         */
        post: operations["postContactsByIdMerges"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/merges/{contactId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a merge back: each of the two has what it would have had without it.
         * @description Needs `contact_write`.
         */
        delete: operations["deleteContactsByIdMergesByContactId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/merges/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says what merging another contact into this one would do, and where the two are in conflict.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsByIdMergesPreview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/personal-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gives out everything that is kept of one person, row by row; files by the ids under which they are given out.
         * @description Needs `contact_export`.
         */
        get: operations["getContactsByIdPersonalData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restores a deleted contact.
         * @description Needs `contact_write`.
         */
        post: operations["postContactsByIdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds tags.
         * @description Needs `contact_write`.
         */
        post: operations["postContactsByIdTags"];
        /**
         * Takes a tag away.
         * @description A tag may hold a slash, so it is a parameter as well.
         *
         *     Needs `contact_write`.
         */
        delete: operations["deleteContactsByIdTags"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what happened with a contact, the last first.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsByIdTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/{id}/touches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the ways by which a contact came, the newest first; `first` and `last` say which those are.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsByIdTouches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says who has one of these already: to be asked before somebody is entered.
         * @description The same name is no reason to refuse them.
         *
         *     Needs `contact_read`.
         */
        get: operations["getContactsDuplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gives out contacts as a CSV file: all, those of a list, or those that meet a filter, with the columns that are asked for.
         * @description A cell that a spreadsheet would take for a formula begins with an apostrophe, which an import leaves out again.
         *
         *     Needs `contact_export`.
         */
        get: operations["getContactsExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Searches contacts with everything in the address, so that it can be kept as a link.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsSearch"];
        put?: never;
        /**
         * Searches contacts by a filter that is too long for an address, or easier to write as a body.
         * @description Needs `contact_read`.
         */
        post: operations["postContactsSearch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/contacts/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the tags, and how many contacts carry each.
         * @description Needs `contact_read`.
         */
        get: operations["getContactsTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the deals of a contact.
         * @description Needs `pipeline_read` and `contact_read`.
         */
        get: operations["getDeals"];
        put?: never;
        /**
         * Enters a contact into a pipeline.
         * @description Needs `pipeline_write` and `contact_read`.
         */
        post: operations["postDeals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a deal.
         * @description Needs `pipeline_read` and `contact_read`.
         */
        get: operations["getDealsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deals/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a contact out of a pipeline.
         * @description Needs `pipeline_write` and `contact_read`.
         */
        post: operations["postDealsByIdLeave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deals/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Moves a deal to a status and a place.
         * @description Needs `pipeline_write` and `contact_read`.
         */
        post: operations["postDealsByIdMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deals/{id}/stays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists how long a deal was in which status.
         * @description Needs `pipeline_read`.
         */
        get: operations["getDealsByIdStays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deals/{id}/value": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Says what a deal is worth; `value: null` means that nobody knows.
         * @description Needs `pipeline_write` and `contact_read`.
         */
        put: operations["putDealsByIdValue"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deals/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Moves several to the top of one status, each for itself.
         * @description Needs `pipeline_write`.
         */
        post: operations["postDealsMove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the invitations that nobody has accepted yet, the newest first.
         * @description Needs `team_manage`.
         */
        get: operations["getInvitations"];
        put?: never;
        /**
         * Invites somebody by a letter with a link, which is good for a week and once.
         * @description Needs `team_manage`.
         */
        post: operations["postInvitations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraws an invitation; its link opens nothing any more.
         * @description Needs `team_manage`.
         */
        delete: operations["deleteInvitationsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends another letter, whose link replaces the one before and is good for a week.
         * @description Needs `team_manage`.
         */
        post: operations["postInvitationsByIdResend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the labels of a channel, or of all, by their names, with the number of chats that have each; a channel has twenty at most.
         * @description Needs `inbox_read`.
         */
        get: operations["getLabels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says who the caller is and what the caller may do. */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes the caller's own name or e-mail address.
         * @description Another address needs the current password, and a code where a second factor is on; all sign-ins go on, and a letter tells the address before.
         */
        patch: operations["patchMe"];
        trace?: never;
    };
    "/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes the caller's password.
         * @description Answers as a sign-in does; all tokens from before are void.
         */
        put: operations["putMePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says whether the caller is asked for codes. */
        get: operations["getMeSecondFactor"];
        put?: never;
        /** Makes a secret for an authenticator app, for whoever shows their password; nothing changes before it is confirmed. */
        post: operations["postMeSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switches it on with the app's first code.
         * @description The recovery codes are in this answer and in no other.
         */
        post: operations["postMeSecondFactorConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/second-factor/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switches it off, for whoever shows password and code. */
        post: operations["postMeSecondFactorDisable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes other recovery codes, for whoever shows password and code; those from before open nothing any more. */
        post: operations["postMeSecondFactorRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the browsers in which the caller is signed in, the last sign-in first. */
        get: operations["getMeSignIns"];
        put?: never;
        post?: never;
        /** Ends all of the caller's sign-ins but the one that asks. */
        delete: operations["deleteMeSignIns"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/sign-ins/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of the caller's sign-ins; its browser has to show the password again. */
        delete: operations["deleteMeSignInsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keeps a file to be sent.
         * @description The body is the file, of whatever content type; the name helps to tell what it is.
         *
         *     Needs `message_send`.
         */
        post: operations["postMedia"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gives out a file.
         * @description Only what a browser shows without running it has its own type; a range may be asked for.
         *
         *     Needs `inbox_read`.
         */
        get: operations["getMediaById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the people of the team, those who may not come in any more included.
         * @description Needs `team_read`.
         */
        get: operations["getMembers"];
        put?: never;
        /**
         * Adds somebody to the team with a password that is told to them; nobody gives a role that may do more than they.
         * @description Needs `team_manage`.
         */
        post: operations["postMembers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows somebody of the team.
         * @description Needs `team_read`.
         */
        get: operations["getMembersById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Gives a member another role.
         * @description Needs `team_manage`.
         */
        patch: operations["patchMembersById"];
        trace?: never;
    };
    "/members/{id}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shuts a member out and ends all their sign-ins; what they did stays theirs.
         * @description Needs `team_manage`.
         */
        post: operations["postMembersByIdDeactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{id}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a member in again, in the role from before.
         * @description Needs `team_manage`.
         */
        post: operations["postMembersByIdReactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/members/{id}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Switches off the second factor of a member who has lost it, and ends all their sign-ins.
         * @description Needs `team_manage`.
         */
        delete: operations["deleteMembersByIdSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a message to send, or something to do to one.
         * @description The answer shows it queued, or already on its way; its status, or its actions, tell what becomes of it.
         *
         *     Needs `message_send`.
         */
        post: operations["postMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a message.
         * @description Needs `inbox_read`.
         */
        get: operations["getMessagesById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}/send-again": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a message that has failed once more, as a new message that says the same.
         * @description However often it is asked for, there is one; the answer shows it.
         *
         *     Needs `message_send`.
         */
        post: operations["postMessagesByIdSendAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finds messages that hold these words, or words that begin with them; the newest first.
         * @description Needs `inbox_read`.
         */
        get: operations["getMessagesSearch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what the caller was told, the newest first: the notes that mention them, and, for those who supervise, sessions that were escalated to a team of which nobody was there.
         * @description Needs `contact_read`.
         */
        get: operations["getNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/{id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Marks one as seen.
         * @description Needs `contact_read`.
         */
        post: operations["postNotificationsByIdSeen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Marks all as seen.
         * @description Needs `contact_read`.
         */
        post: operations["postNotificationsSeen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/unseen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says how many the caller has not seen.
         * @description Needs `contact_read`.
         */
        get: operations["getNotificationsUnseen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows this document.
         * @description Everybody may read it: it says what any copy of the program does, and nothing of this one.
         */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/events/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists every event type with the JSON schema of its data, and of its earlier versions.
         * @description Needs `operations_read`.
         */
        get: operations["getOperationsEventsCatalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what was given up, the last first.
         * @description Needs `operations_read`.
         */
        get: operations["getOperationsFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/failures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows all that is known of a failure.
         * @description Needs `operations_read`.
         */
        get: operations["getOperationsFailuresById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/failures/{id}/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes the data of a failure's event before it is repeated; the original is kept.
         * @description Needs `operations_write`.
         */
        put: operations["putOperationsFailuresByIdData"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/failures/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discards a failure, for a reason.
         * @description Needs `operations_write`.
         */
        post: operations["postOperationsFailuresByIdDiscard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/failures/{id}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries a failure's consumer out, and takes back what it did.
         * @description Needs `operations_write`.
         */
        post: operations["postOperationsFailuresByIdDryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/failures/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Repeats a failure.
         * @description Needs `operations_write`.
         */
        post: operations["postOperationsFailuresByIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/failures/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discards many failures, for a reason.
         * @description Needs `operations_write`.
         */
        post: operations["postOperationsFailuresDiscard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/failures/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts the failures of each cause.
         * @description Needs `operations_read`.
         */
        get: operations["getOperationsFailuresGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/failures/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Repeats many failures.
         * @description Needs `operations_write`.
         */
        post: operations["postOperationsFailuresRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the queues of the installation.
         * @description Needs `operations_read`.
         */
        get: operations["getOperationsQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/queues/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes the queue of a consumer that no running program has any more, with its dead letters; for those who run the installation.
         * @description One that holds anything goes with `discard=true` only.
         *
         *     Needs `operations_write`.
         */
        delete: operations["deleteOperationsQueuesByName"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/relay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows how far the outbox is published, and by whom.
         * @description Needs `operations_read`.
         */
        get: operations["getOperationsRelay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the replays, the newest first.
         * @description Needs `operations_read`.
         */
        get: operations["getOperationsReplays"];
        put?: never;
        /**
         * Delivers events once more, or with `dryRun` counts which they are.
         * @description Needs `operations_write`.
         */
        post: operations["postOperationsReplays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a replay.
         * @description Needs `operations_read`.
         */
        get: operations["getOperationsReplaysById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/replays/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a replay before its time.
         * @description Needs `operations_write`.
         */
        post: operations["postOperationsReplaysByIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/replays/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pauses a replay.
         * @description Needs `operations_write`.
         */
        post: operations["postOperationsReplaysByIdPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/replays/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Goes on with a paused replay.
         * @description Needs `operations_write`.
         */
        post: operations["postOperationsReplaysByIdResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operations/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the books of the tenant: what was accepted, applied, lost and doubled.
         * @description Needs `operations_read`.
         */
        get: operations["getOperationsSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the pipelines.
         * @description Needs `pipeline_read`.
         */
        get: operations["getPipelines"];
        put?: never;
        /**
         * Defines a pipeline.
         * @description Needs `pipeline_manage`.
         */
        post: operations["postPipelines"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a pipeline.
         * @description Needs `pipeline_read`.
         */
        get: operations["getPipelinesById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a pipeline.
         * @description Needs `pipeline_manage`.
         */
        patch: operations["patchPipelinesById"];
        trace?: never;
    };
    "/pipelines/{id}/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a board.
         * @description `limit` is that of the cards of each column; more of one are the other route's.
         *
         *     Needs `pipeline_read` and `contact_read`.
         */
        get: operations["getPipelinesByIdBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/loss-reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a reason for loss.
         * @description Needs `pipeline_manage`.
         */
        post: operations["postPipelinesByIdLossReasons"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/loss-reasons/{reasonId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a reason for loss.
         * @description Needs `pipeline_manage`.
         */
        patch: operations["patchPipelinesByIdLossReasonsByReasonId"];
        trace?: never;
    };
    "/pipelines/{id}/statuses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a status.
         * @description Needs `pipeline_manage`.
         */
        post: operations["postPipelinesByIdStatuses"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pipelines/{id}/statuses/{statusId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a status.
         * @description Needs `pipeline_manage`.
         */
        patch: operations["patchPipelinesByIdStatusesByStatusId"];
        trace?: never;
    };
    "/pipelines/{id}/statuses/{statusId}/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the cards of one column.
         * @description Needs `pipeline_read` and `contact_read`.
         */
        get: operations["getPipelinesByIdStatusesByStatusIdCards"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the company's projects, the oldest first. */
        get: operations["getProjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows a project. */
        get: operations["getProjectsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a project's name, time zone, country, or the silence that ends sessions on channels without one of their own.
         * @description Needs `settings_write`.
         */
        patch: operations["patchProjectsById"];
        trace?: never;
    };
    "/reports/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows messages, sessions, first responses and resolutions by `groupBy` day, hour, channel or agent.
         * @description Needs `report_read`.
         */
        get: operations["getReportsFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what was used by month and channel, `from` and `to` written 2026-03.
         * @description Needs `report_read`.
         */
        get: operations["getReportsUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists all roles with their permissions: the built-in ones first, then the company's own.
         * @description Needs `team_read`.
         */
        get: operations["getRoles"];
        put?: never;
        /**
         * Makes a role of the company's own.
         * @description Needs `team_manage`.
         */
        post: operations["postRoles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/roles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows one of the company's own roles.
         * @description Needs `team_read`.
         */
        get: operations["getRolesById"];
        put?: never;
        post?: never;
        /**
         * Removes one of the company's own roles that nobody has.
         * @description Needs `team_manage`.
         */
        delete: operations["deleteRolesById"];
        options?: never;
        head?: never;
        /**
         * Changes one of the company's own roles, for all who have it.
         * @description Needs `team_manage`.
         */
        patch: operations["patchRolesById"];
        trace?: never;
    };
    "/scheduled-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists messages that wait for their time and those that waited, the earliest first.
         * @description Needs `inbox_read`.
         */
        get: operations["getScheduledMessages"];
        put?: never;
        /**
         * Takes a message to send at a time.
         * @description Needs `message_send`.
         */
        post: operations["postScheduledMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/scheduled-messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a message that waits or waited.
         * @description Needs `inbox_read`.
         */
        get: operations["getScheduledMessagesById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a message that waits: its time, its text, or whether the customer's writing cancels it.
         * @description Needs `message_send`.
         */
        patch: operations["patchScheduledMessagesById"];
        trace?: never;
    };
    "/scheduled-messages/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sees to it that a message that waits is not sent.
         * @description Needs `message_send`.
         */
        post: operations["postScheduledMessagesByIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the sessions, the newest first.
         * @description Needs `inbox_read`.
         */
        get: operations["getSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a session.
         * @description Needs `inbox_read`.
         */
        get: operations["getSessionsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Says what came of a session.
         * @description Needs `message_send`.
         */
        patch: operations["patchSessionsById"];
        trace?: never;
    };
    "/sessions/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assigns a session to an agent, a team, or nobody.
         * @description Needs `message_send`.
         */
        post: operations["postSessionsByIdAssign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who had a session, the last first.
         * @description Needs `inbox_read`.
         */
        get: operations["getSessionsByIdAssignments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/convert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what a session led to, and what that is worth.
         * @description Needs `message_send`.
         */
        post: operations["postSessionsByIdConvert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/escalate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hands a session on as more urgent, to an agent, a team, or to whom the rule says.
         * @description Needs `message_send`.
         */
        post: operations["postSessionsByIdEscalate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/priority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says how urgent a session is.
         * @description Needs `message_send`.
         */
        post: operations["postSessionsByIdPriority"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens the newest session of a chat again.
         * @description Needs `message_send`.
         */
        post: operations["postSessionsByIdReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a session, and says what came of it.
         * @description Needs `message_send`.
         */
        post: operations["postSessionsByIdResolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says in short what a session was about.
         * @description Needs `inbox_read`.
         */
        get: operations["getSessionsByIdSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hands a session on to another agent or team.
         * @description Needs `message_send`.
         */
        post: operations["postSessionsByIdTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says whether the installation waits for its first administrator, and whether that takes the set-up code. */
        get: operations["getSetup"];
        put?: never;
        /** Makes the first administrator of an installation that has none, and signs in. */
        post: operations["postSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Streams what happens, as server-sent events.
         * @description It begins after `Last-Event-ID`, or now without one. An event `reset` says that the position is no longer kept: the screen loads everything anew and goes on from the position given with it.
         *
         *     Needs `inbox_read`.
         */
        get: operations["getStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the teams, archived ones only with `archived=true`.
         * @description Needs `team_read`.
         */
        get: operations["getTeams"];
        put?: never;
        /**
         * Makes a team.
         * @description Needs `team_manage`.
         */
        post: operations["postTeams"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a team.
         * @description Needs `team_read`.
         */
        get: operations["getTeamsById"];
        put?: never;
        post?: never;
        /**
         * Archives a team, which takes no sessions any more.
         * @description Needs `team_manage`.
         */
        delete: operations["deleteTeamsById"];
        options?: never;
        head?: never;
        /**
         * Changes a team.
         * @description Needs `team_manage`.
         */
        patch: operations["patchTeamsById"];
        trace?: never;
    };
    "/teams/{id}/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts an agent into a team.
         * @description Needs `team_manage`.
         */
        post: operations["postTeamsByIdAgents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{id}/agents/{agentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes an agent out of a team.
         * @description Needs `team_manage`.
         */
        delete: operations["deleteTeamsByIdAgentsByAgentId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teams/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a team back from the archive.
         * @description Needs `team_manage`.
         */
        post: operations["postTeamsByIdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/trace/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows why something happened and what came of it.
         * @description The id is that of a message, an event, a send, a delivery that was given up, or a correlation (as in `X-Request-Id`).
         *
         *     Needs `operations_read`.
         */
        get: operations["getTraceById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracking/conversion-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows whether, and where, Meta hears of conversions; switched off until somebody says otherwise.
         * @description Needs `automation_read`.
         */
        get: operations["getTrackingConversionSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Says whether, and where, Meta hears of conversions.
         * @description Needs `settings_write`.
         */
        patch: operations["patchTrackingConversionSettings"];
        trace?: never;
    };
    "/tracking/conversions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the conversions with how far each is on its way to Meta, the newest first.
         * @description Needs `automation_read`.
         */
        get: operations["getTrackingConversions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracking/conversions/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has a conversion that was given up sent to Meta again, under the same id.
         * @description Needs `automation_write`.
         */
        post: operations["postTrackingConversionsByIdRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracking/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes in what was spent.
         * @description The body is a CSV file with the columns day, amount, currency, and source, medium, campaign or adId.
         *
         *     Needs `automation_write`.
         */
        post: operations["postTrackingCosts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracking/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the links, the newest first; those that are archived when `archived` says so.
         * @description Needs `automation_read`.
         */
        get: operations["getTrackingLinks"];
        put?: never;
        /**
         * Makes a link.
         * @description Needs `automation_write`.
         */
        post: operations["postTrackingLinks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tracking/links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a link.
         * @description Needs `automation_read`.
         */
        get: operations["getTrackingLinksById"];
        put?: never;
        post?: never;
        /**
         * Deletes a link that nobody has opened; others are archived.
         * @description Needs `automation_write`.
         */
        delete: operations["deleteTrackingLinksById"];
        options?: never;
        head?: never;
        /**
         * Changes a link, archives it or brings it back; its address stays.
         * @description Needs `automation_write`.
         */
        patch: operations["patchTrackingLinksById"];
        trace?: never;
    };
    "/tracking/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what came of the ways of some days by source, medium, campaign, link or ad: clicks, contacts, sessions, won deals and cost.
         * @description `model` says whether the `first` or the `last` way of a contact is credited.
         *
         *     Needs `report_read`.
         */
        get: operations["getTrackingReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the endpoints, the newest first.
         * @description Needs `webhook_read`.
         */
        get: operations["getWebhooks"];
        put?: never;
        /**
         * Adds an endpoint.
         * @description The secret is in this answer and in no other.
         *
         *     Needs `webhook_write`.
         */
        post: operations["postWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an endpoint.
         * @description Needs `webhook_read`.
         */
        get: operations["getWebhooksById"];
        put?: never;
        post?: never;
        /**
         * Deletes an endpoint.
         * @description Needs `webhook_write`.
         */
        delete: operations["deleteWebhooksById"];
        options?: never;
        head?: never;
        /**
         * Changes an endpoint.
         * @description Needs `webhook_write`.
         */
        patch: operations["patchWebhooksById"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An agent, and the teams it works in. */
        Agent: {
            archived: boolean;
            availability: string;
            /** Format: date-time */
            availabilitySince: string;
            /** Format: int32 */
            capacity: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            hoursId: string | null;
            /** Format: uuid */
            id: string;
            kind: string;
            /** Format: date-time */
            lastSeenAt: string | null;
            name: string;
            teamIds: string[];
            /** Format: uuid */
            userId: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. `hoursId: null` means: at all hours. */
        AgentChange: {
            /** Format: int32 */
            capacity?: number | null;
            hoursId?: unknown;
            name?: string | null;
        };
        AgentPage: {
            items: components["schemas"]["Agent"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        AgentSaid: {
            availability?: string | null;
        };
        ApiKey: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uuid
             * @description the user, or key, that made it
             */
            createdBy: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            name: string;
            prefix: string;
            scopes: string[];
        };
        ApiKeyCreatedOnce: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            /** Format: uuid */
            id: string;
            key: string;
            name: string;
            prefix: string;
            scopes: string[];
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description A rule as a screen shows it. */
        AssignmentRule: {
            /** Format: uuid */
            channelId: string | null;
            /** Format: uuid */
            escalateToTeamId: string | null;
            /** Format: uuid */
            id: string;
            /** Format: int32 */
            inactivityMinutes: number | null;
            /** Format: int32 */
            noResponseMinutes: number | null;
            /** Format: uuid */
            projectId: string | null;
            strategy: string;
            /** Format: uuid */
            teamId: string | null;
            /** Format: uuid */
            toTeamId: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays, null takes away. */
        AssignmentRuleChange: {
            escalateToTeamId?: unknown;
            inactivityMinutes?: unknown;
            noResponseMinutes?: unknown;
            strategy?: string | null;
            toTeamId?: unknown;
        };
        AssignmentRulePage: {
            items: components["schemas"]["AssignmentRule"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What came of one source, medium, campaign, link or advertisement. */
        AttributionReportRow: {
            /**
             * Format: int64
             * @description how often the links were opened, and each message that came by an advertisement
             */
            clicks: number;
            /**
             * Format: int64
             * @description whose credited way it is
             */
            contacts: number;
            cost: components["schemas"]["AttributionReportSum"][];
            /** @description empty where nobody said it */
            key: string | null;
            /** @description the link's name or the advertisement's title */
            label: string | null;
            /**
             * Format: int64
             * @description of theirs
             */
            sessions: number;
            won: components["schemas"]["AttributionReportSum"][];
            /**
             * Format: int64
             * @description of theirs, with what they are worth in each currency
             */
            wonDeals: number;
        };
        AttributionReportRowPage: {
            items: components["schemas"]["AttributionReportRow"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description `amount` is in the currency's smallest parts. */
        AttributionReportSum: {
            /** Format: int64 */
            amount: number;
            currency: string;
        };
        Audit: {
            actor: components["schemas"]["AuditWho"];
            /** Format: uuid */
            aggregateId: string;
            aggregateType: string;
            /** Format: uuid */
            correlationId: string;
            /** @description what exactly; of contacts only which fields */
            data: unknown;
            /** Format: uuid */
            eventId: string;
            hash: string;
            /** Format: date-time */
            occurredAt: string;
            /** Format: int64 */
            position: number;
            /** Format: date-time */
            recordedAt: string;
            type: string;
            /** Format: int32 */
            version: number;
        };
        AuditBroken: {
            /** Format: int64 */
            position: number;
            reason: string;
        };
        AuditPage: {
            items: components["schemas"]["Audit"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        AuditVerified: {
            /** @description null when nothing is; `nextAfter` is null when all was checked */
            broken: components["schemas"]["AuditBroken"] | null;
            /** Format: int64 */
            checked: number;
            hash: string;
            intact: boolean;
            /** Format: int64 */
            nextAfter: number | null;
            /** Format: int64 */
            upTo: number;
        };
        AuditWho: {
            id: string;
            kind: string;
        };
        /** @description An account; `status` is `pending`, `active`, `suspended` or `cancelled`. */
        BillingAccount: {
            company: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            openedAt: string;
            /** @description as it was when the account was put on it */
            plan: components["schemas"]["Plan"];
            /** Format: date-time */
            planSince: string;
            status: string;
            statusReason: string | null;
            /** Format: date-time */
            statusSince: string;
            /** Format: int64 */
            version: number;
        };
        BillingAccountActivation: {
            reason?: string | null;
        };
        BillingAccountPage: {
            items: components["schemas"]["BillingAccount"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description Another plan, by its code; the same one again takes over what the settings say of it now. */
        BillingAccountPlanChange: {
            plan: string;
        };
        BillingAccountReason: {
            reason: string;
        };
        /** @description All of it; `taxId` is a CPF or CNPJ in Brazil, and what is missing is taken away. */
        BillingCustomer: {
            address?: string | null;
            country: string;
            email: string;
            name: string;
            taxId?: string | null;
        };
        Board: {
            columns: components["schemas"]["BoardColumn"][];
            /** Format: uuid */
            pipelineId: string;
        };
        /** @description A card; `rank` sorts the cards of a column by its characters. */
        BoardCard: {
            /** Format: uuid */
            contactId: string;
            contactName: string | null;
            /** Format: date-time */
            enteredAt: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            lossReasonId: string | null;
            rank: string;
            /** Format: uuid */
            statusId: string;
            /** Format: date-time */
            statusSince: string;
            value: components["schemas"]["DealWorth"] | null;
            /** Format: int64 */
            version: number;
        };
        BoardCardPage: {
            items: components["schemas"]["BoardCard"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description A column: how many cards it has, what they are worth, and the first of them. */
        BoardColumn: {
            /** Format: int64 */
            cards: number;
            items: components["schemas"]["BoardCard"][];
            nextCursor: string | null;
            /** Format: uuid */
            statusId: string;
            sums: components["schemas"]["BoardSum"][];
        };
        /** @description `amount` is in the currency's smallest parts. */
        BoardSum: {
            amount: number;
            currency: string;
        };
        /** @description The bound tenant's books. */
        Books: {
            /**
             * Format: int64
             * @description deliveries answered 200
             */
            accepted: number;
            /**
             * Format: int64
             * @description deliveries saved, or set aside for inspection
             */
            applied: number;
            /**
             * Format: int64
             * @description messages of the last day that are there more than once
             */
            doubled: number;
            /**
             * Format: int64
             * @description accepted, and neither applied, waiting nor set aside
             */
            lost: number;
            /**
             * Format: int64
             * @description deliveries given up: kept among the failures, or discarded by somebody
             */
            setAside: number;
            /**
             * Format: int64
             * @description deliveries on their way, of all tenants, since queues do not tell them apart
             */
            waiting: number;
        };
        /** @description Business hours as a screen shows them. */
        BusinessHours: {
            holidays: components["schemas"]["HoursHoliday"][];
            /** Format: uuid */
            id: string;
            name: string;
            timeZone: string;
            /** Format: int64 */
            version: number;
            week: components["schemas"]["HoursOpen"][];
        };
        BusinessHoursPage: {
            items: components["schemas"]["BusinessHours"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description A canned reply. */
        CannedReply: {
            attachments: components["schemas"]["CannedReplyFile"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            /** @description whether the caller alone has it */
            personal: boolean;
            /** Format: uuid */
            projectId: string;
            shortCode: string;
            text: string | null;
            title: string;
            /**
             * Format: int64
             * @description how often it was sent or taken into a message
             */
            uses: number;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. */
        CannedReplyChange: {
            attachments?: components["schemas"]["CannedReplyFileInput"][] | null;
            shortCode?: string | null;
            text?: string | null;
            title?: string | null;
        };
        /** @description `type` is what it is shown as: `image`, `video`, `voice`, `audio` or `document`. */
        CannedReplyFile: {
            /** Format: uuid */
            fileId: string;
            fileName: string | null;
            type: string;
        };
        CannedReplyFileInput: {
            /** Format: uuid */
            fileId: string;
            fileName?: string | null;
            type: string;
        };
        /** @description A reply to keep. `projectId` may be left out by a tenant with one project; a text, files or both. */
        CannedReplyNewReply: {
            attachments?: components["schemas"]["CannedReplyFileInput"][] | null;
            personal?: boolean | null;
            /** Format: uuid */
            projectId?: string | null;
            shortCode: string;
            text?: string | null;
            title: string;
        };
        CannedReplyPage: {
            items: components["schemas"]["CannedReply"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description In which chat it is said. */
        CannedReplyWhere: {
            /** Format: uuid */
            chatId: string;
        };
        /** @description One event type. */
        CatalogueEntry: {
            description: string;
            /** @description schemas of the versions before, which readers meet in the newest one only */
            earlier: {
                [key: string]: {
                    [key: string]: unknown;
                };
            };
            /** @description name of the aggregate that it happens to */
            family: string;
            /** @description JSON schema of its data */
            schema: {
                [key: string]: unknown;
            };
            type: string;
            /** Format: int32 */
            version: number;
        };
        CatalogueEntryPage: {
            items: components["schemas"]["CatalogueEntry"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description One channel. `status` and `type` in lower case, missing things null: of `waha` and `api` one is there, and only WAHA needs a `webhookPath`. `leftOut` counts what came from groups while they were not wanted. */
        Channel: {
            api: components["schemas"]["ChannelApi"] | null;
            /** Format: date-time */
            archivedAt: string | null;
            /** Format: uuid */
            defaultPipelineId: string | null;
            groups: boolean;
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            leftOut: number;
            name: string;
            phone: string | null;
            /** Format: uuid */
            projectId: string;
            readReceipts: boolean;
            /** Format: int32 */
            sessionTimeoutMinutes: number | null;
            status: string;
            /** Format: date-time */
            statusAt: string | null;
            statusPosts: boolean;
            type: string;
            /** Format: int64 */
            version: number;
            waha: components["schemas"]["ChannelWaha"] | null;
            webhookPath: string | null;
        };
        /** @description How a program of the company's own is reached. */
        ChannelApi: {
            hasSecret: boolean;
            url: string;
        };
        /** @description What to change; what is missing stays. `sessionTimeoutMinutes: null` means: as the project says; `defaultPipelineId: null`: nobody enters one by themselves. */
        ChannelChange: {
            api?: components["schemas"]["ChannelProgram"] | null;
            defaultPipelineId?: unknown;
            groups?: boolean | null;
            name?: string | null;
            readReceipts?: boolean | null;
            sessionTimeoutMinutes?: unknown;
            statusPosts?: boolean | null;
            waha?: components["schemas"]["ChannelWahaInput"] | null;
        };
        /** @description How far a channel is disconnected. */
        ChannelDisconnection: {
            logOut?: boolean | null;
        };
        ChannelPage: {
            items: components["schemas"]["Channel"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description The phone that is to be paired. */
        ChannelPairing: {
            phone?: string | null;
        };
        /** @description What has to be typed into it. */
        ChannelPairingCode: {
            code: string;
        };
        /** @description Where a program of the company's own takes messages, and the secret that signs them. */
        ChannelProgram: {
            secret?: string | null;
            url?: string | null;
        };
        /** @description How its WAHA server is reached. */
        ChannelWaha: {
            hasApiKey: boolean;
            hasHmacSecret: boolean;
            session: string;
            url: string;
        };
        /** @description How WAHA is reached. */
        ChannelWahaInput: {
            apiKey?: string | null;
            hmacSecret?: string | null;
            session?: string | null;
            url?: string | null;
        };
        /** @description A chat as the inbox lists it. */
        Chat: {
            /** Format: uuid */
            channelId: string;
            channelName: string | null;
            /** Format: uuid */
            contactId: string | null;
            /** Format: uuid */
            id: string;
            /** @description `direct` or `group` */
            kind: string;
            labels: components["schemas"]["ChatLabel"][];
            /** Format: date-time */
            lastActivityAt: string;
            lastMessage: components["schemas"]["LastMessage"] | null;
            session: components["schemas"]["ChatSession"] | null;
            /** @description the group's name; the contact's name, else number; empty when neither is known */
            title: string | null;
            /** Format: int32 */
            unreadCount: number;
        };
        /** @description A label that the chat has on its channel; its colour is `#rrggbb`. */
        ChatLabel: {
            colour: string | null;
            /** Format: uuid */
            id: string;
            name: string;
        };
        /** @description All labels of its channel that a chat is to have. */
        ChatLabels: {
            labels?: string[] | null;
        };
        ChatPage: {
            items: components["schemas"]["Chat"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description The newest session: `open` or `ended`. */
        ChatSession: {
            /** Format: date-time */
            deadline: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            startedAt: string;
            status: string;
        };
        /** @description Whether somebody is writing. */
        ChatTyping: {
            typing: boolean;
        };
        /** @description `nameSetBy` is `person`, `channel` or `none`. */
        Contact: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            deletedAt: string | null;
            fields: unknown;
            /** Format: uuid */
            id: string;
            identities: components["schemas"]["ContactIdentity"][];
            language: string | null;
            name: string | null;
            nameSetBy: string;
            /** Format: uuid */
            projectId: string;
            tags: string[];
            /** Format: int64 */
            version: number;
        };
        ContactAnswer: {
            matches: boolean;
        };
        /** @description What to change; what is missing stays. `name: null` takes the name away, `language: null` means: not known. */
        ContactChange: {
            fields?: {
                [key: string]: unknown;
            } | null;
            language?: unknown;
            name?: unknown;
        };
        /** @description A contact that has what was asked for. */
        ContactDuplicate: {
            /** Format: uuid */
            contactId: string;
            deleted: boolean;
            /** @description `phone`, `email` or `external`: what they have in common; or `name`, which two people may have */
            kind: string;
            name: string | null;
            value: string;
        };
        ContactDuplicatePage: {
            items: components["schemas"]["ContactDuplicate"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description Something that happened with a contact; `data` is the event's. */
        ContactEntry: {
            /** Format: date-time */
            at: string;
            data: unknown;
            /** Format: uuid */
            id: string;
            type: string;
        };
        ContactEntryPage: {
            items: components["schemas"]["ContactEntry"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description The contact that is to be forgotten. */
        ContactErasureForgotten: {
            /** Format: uuid */
            contactId?: string | null;
        };
        /** @description `display` is the value as a person reads it. */
        ContactIdentity: {
            display: string;
            kind: string;
            value: string;
        };
        /** @description An import. */
        ContactImport: {
            /** @description what they are, empty before it was started; null in it for one that is left out */
            columns: (string | null)[];
            /** Format: date-time */
            createdAt: string;
            /** @description `comma` or `point` if somebody said which sign stands before the parts of numbers */
            decimal: string | null;
            /**
             * Format: int32
             * @description rows that were looked at
             */
            done: number;
            encoding: string;
            entered: components["schemas"]["ContactImportEntered"];
            fileName: string;
            /** Format: date-time */
            finishedAt: string | null;
            /** @description what the columns are called in the file */
            headers: string[];
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            projectId: string;
            /** Format: int32 */
            rows: number;
            /** @description false when the rows are gone because of their age */
            rowsKept: boolean;
            separator: string;
            /** Format: date-time */
            startedAt: string | null;
            /** @description `ready`, `running`, `done`, `cancelled`, `undoing` or `undone` */
            state: string;
            /** @description what they probably are */
            suggested: (string | null)[];
            takenBack: components["schemas"]["ContactImportTakenBack"];
        };
        /** @description What each column of the file is, in their order; null leaves one out. */
        ContactImportColumns: {
            columns?: string[] | null;
            /** @description `comma` or `point`: what stands before the parts of numbers. Where nobody says it, one that could be of thousands as well (1.234) is refused */
            decimal?: string | null;
        };
        /** @description What became of the rows so far. */
        ContactImportEntered: {
            /** Format: int32 */
            created: number;
            /** Format: int32 */
            refused: number;
            /** Format: int32 */
            unchanged: number;
            /** Format: int32 */
            updated: number;
        };
        ContactImportPage: {
            items: components["schemas"]["ContactImport"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description The first rows, and what they would do. */
        ContactImportPreview: {
            rows: components["schemas"]["ImportContactExpected"][];
        };
        /** @description A row and what became of it. */
        ContactImportRow: {
            cells: string[];
            changes: unknown;
            code: string | null;
            /** Format: uuid */
            contactId: string | null;
            /** @description the column whose value was refused, if it was because of one */
            field: string | null;
            /** @description what taking back left as it is */
            left: string[];
            /** @description `created`, `updated`, `unchanged`, `refused`, or null while it was not looked at */
            outcome: string | null;
            reason: string | null;
            /** Format: int32 */
            row: number;
            /** @description `deleted`, `restored` or `left`, if somebody took the import back */
            undone: string | null;
        };
        ContactImportRowPage: {
            items: components["schemas"]["ContactImportRow"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What was taken back so far; `left` rows had changed what somebody changed since. */
        ContactImportTakenBack: {
            /** Format: int32 */
            deleted: number;
            /** Format: int32 */
            left: number;
            /** Format: int32 */
            restored: number;
        };
        ContactList: {
            /**
             * Format: int64
             * @description how many are on it
             */
            contacts: number;
            /**
             * Format: date-time
             * @description when all contacts were looked at last; empty until that was done for the present filter
             */
            countedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            filter: unknown;
            /** Format: uuid */
            id: string;
            /** @description `static`: people fill it, or `dynamic`: its filter does */
            kind: string;
            name: string;
            /** Format: uuid */
            projectId: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. */
        ContactListChange: {
            filter?: unknown;
            name?: string | null;
        };
        ContactListChosen: {
            contactIds?: string[] | null;
        };
        /** @description `since`: when the contact came onto the list. */
        ContactListMember: {
            contact: components["schemas"]["Contact"];
            /** Format: date-time */
            since: string;
        };
        ContactListMemberPage: {
            items: components["schemas"]["ContactListMember"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description A list that a contact is on, `since` then; of which `kind`, as Shown has it. */
        ContactListMembership: {
            /** Format: uuid */
            id: string;
            kind: string;
            name: string;
            /** Format: date-time */
            since: string;
        };
        ContactListMembershipPage: {
            items: components["schemas"]["ContactListMembership"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description A list to make; without `filter` people fill it. */
        ContactListNewList: {
            filter?: unknown;
            name?: string | null;
            /** Format: uuid */
            projectId?: string | null;
        };
        ContactListPage: {
            items: components["schemas"]["ContactList"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description The contact that is the same person. */
        ContactOther: {
            /** Format: uuid */
            contactId?: string | null;
        };
        ContactPage: {
            items: components["schemas"]["Contact"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        ContactQuestion: {
            filter?: unknown;
        };
        /** @description What is looked for: `filter` as docs/reference/contacts-api.md has it, null for all. */
        ContactSearch: {
            deleted?: boolean | null;
            filter?: unknown;
            /** Format: uuid */
            projectId?: string | null;
            sort?: string | null;
        };
        /** @description A tag, and how many contacts that are not deleted carry it. */
        ContactTag: {
            /** Format: int64 */
            contacts: number;
            name: string;
        };
        ContactTagPage: {
            items: components["schemas"]["ContactTag"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What was asked of a message here and is not done: `type` is `reaction`, `edit` or `revoke`, `value` the emoji or new text, `status` `queued`, `sending`, `failed` or `unknown`. */
        ConversationAction: {
            failure: components["schemas"]["ConversationFailure"] | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            requestedAt: string;
            status: string;
            type: string;
            value: string | null;
        };
        /** @description Who wrote it: a member of a group, or somebody of ours. */
        ConversationAuthor: {
            address: string | null;
            name: string | null;
        };
        ConversationFailure: {
            code: string;
            detail: string;
        };
        /** @description `state` is `stored` (then `fileId` is there), `available` (the channel has it and it is being fetched), `failed` or `absent`. */
        ConversationMedia: {
            /** Format: int64 */
            bytes: number | null;
            /** Format: int32 */
            durationSeconds: number | null;
            /** Format: uuid */
            fileId: string | null;
            fileName: string | null;
            mimeType: string | null;
            state: string;
        };
        ConversationPoll: {
            multipleAnswers: boolean;
            options: components["schemas"]["PollOption"][];
            question: string;
        };
        ConversationReaction: {
            /** Format: int32 */
            count: number;
            emoji: string;
            mine: boolean;
        };
        /** @description The message it answers; the id is empty when that one is not here. */
        ConversationReplyTo: {
            direction: string | null;
            /** Format: uuid */
            id: string | null;
            text: string | null;
            type: string | null;
        };
        /** @description A conversion as a screen shows it. */
        Conversion: {
            /** Format: int64 */
            amount: number | null;
            /** Format: date-time */
            at: string;
            /** Format: int32 */
            attempts: number;
            /** Format: uuid */
            contactId: string;
            currency: string | null;
            /** Format: uuid */
            id: string;
            /** @description `deal` or `session` */
            kind: string;
            lastError: string | null;
            /** Format: uuid */
            projectId: string;
            /** Format: date-time */
            sentAt: string | null;
            /** @description `pending`, `sent` or `failed` */
            state: string;
            /** Format: uuid */
            subjectId: string;
        };
        ConversionPage: {
            items: components["schemas"]["Conversion"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description As screens show them: of the access token only that there is one. */
        ConversionSetting: {
            businessAccountId: string | null;
            datasetId: string | null;
            enabled: boolean;
            hasAccessToken: boolean;
            /** Format: uuid */
            projectId: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays, and a blank text is taken away. The access token is never shown. */
        ConversionSettingsChange: {
            accessToken?: string | null;
            businessAccountId?: string | null;
            datasetId?: string | null;
            enabled?: boolean | null;
        };
        /** @description As screens show it; all is empty, and the version 0, until somebody says it. */
        Customer: {
            address: string | null;
            country: string | null;
            email: string | null;
            name: string | null;
            taxId: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description A field as a screen shows it. */
        CustomField: {
            archived: boolean;
            currency: string | null;
            /** Format: uuid */
            id: string;
            key: string;
            label: string;
            options: string[];
            /** Format: uuid */
            projectId: string;
            required: boolean;
            type: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. */
        CustomFieldChange: {
            archived?: boolean | null;
            label?: string | null;
            options?: string[] | null;
            required?: boolean | null;
        };
        CustomFieldPage: {
            items: components["schemas"]["CustomField"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description `rank` sorts the cards of a column by its characters; `leftAt` is null while the contact is in the pipeline. */
        Deal: {
            /** Format: uuid */
            contactId: string;
            contactName: string | null;
            /** Format: date-time */
            enteredAt: string;
            /** Format: uuid */
            id: string;
            kind: string;
            /** Format: date-time */
            leftAt: string | null;
            leftBecause: string | null;
            /** Format: uuid */
            lossReasonId: string | null;
            /** Format: uuid */
            pipelineId: string;
            rank: string;
            /** Format: uuid */
            statusId: string;
            /** Format: date-time */
            statusSince: string;
            value: components["schemas"]["DealWorth"] | null;
            /** Format: int64 */
            version: number;
        };
        /** @description `afterId` and `beforeId` are the cards above and below the new place. */
        DealMove: {
            /** Format: uuid */
            afterId?: string | null;
            /** Format: uuid */
            beforeId?: string | null;
            /** Format: uuid */
            lossReasonId?: string | null;
            /** Format: uuid */
            statusId?: string | null;
        };
        DealMoveMany: {
            items?: components["schemas"]["DealToMove"][] | null;
            /** Format: uuid */
            lossReasonId?: string | null;
            /** Format: uuid */
            statusId?: string | null;
        };
        /** @description `value: null` takes a worth away; without the field nobody knows what was meant. */
        DealNewValue: {
            value?: components["schemas"]["DealValue"] | null;
        };
        DealPage: {
            items: components["schemas"]["Deal"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What became of one of many. */
        DealResult: {
            code: string | null;
            /** Format: uuid */
            dealId: string;
            detail: string | null;
            /** @description the custom fields that are missing, or what else is wrong with single fields */
            errors: components["schemas"]["FieldError"][];
            /** @description moved or refused */
            outcome: string;
        };
        DealResultPage: {
            items: components["schemas"]["DealResult"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description A time in one status; `until` is null for the one it is in, whose seconds are those up to now. */
        DealStay: {
            /** Format: int64 */
            seconds: number;
            /** Format: date-time */
            since: string;
            /** Format: uuid */
            statusId: string;
            /** Format: date-time */
            until: string | null;
            /** Format: int64 */
            version: number;
        };
        DealStayPage: {
            items: components["schemas"]["DealStay"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        DealToMove: {
            /** Format: uuid */
            dealId?: string | null;
            /** Format: int64 */
            version?: number | null;
        };
        /** @description What a deal is worth, in the currency's smallest parts. */
        DealValue: {
            /** Format: int64 */
            amount?: number | null;
            currency?: string | null;
        };
        /** @description `amount` is in the currency's smallest parts. */
        DealWorth: {
            /** Format: int64 */
            amount: number;
            currency: string;
        };
        EraseContactActor: {
            id: string;
            kind: string;
        };
        /** @description What was removed. */
        EraseContactErasure: {
            by: components["schemas"]["EraseContactActor"];
            /** Format: uuid */
            contactId: string;
            /** Format: date-time */
            erasedAt: string;
            /**
             * Format: int32
             * @description that nobody else's message has
             */
            files: number;
            /** Format: uuid */
            id: string;
            /** @description rows by table; rows of the log and of copies of its events stay without their words */
            removed: {
                [key: string]: number;
            };
        };
        EraseContactErasurePage: {
            items: components["schemas"]["EraseContactErasure"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description Everything that is kept of a person, by where it is kept. */
        EraseContactEverything: {
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            contactId: string;
            events: unknown[];
            kept: {
                [key: string]: unknown[];
            };
        };
        /** @description To whom the rule says when both are missing; `priority` is high at least when it is. */
        Escalation: {
            /** Format: uuid */
            agentId?: string | null;
            priority?: string | null;
            reason?: string | null;
            /** Format: uuid */
            teamId?: string | null;
        };
        /** @description A failure in a list. */
        Failure: {
            /** Format: int32 */
            attempts: number;
            /** @description the reason without what differs from case to case */
            cause: string;
            code: string;
            /** @description null where no consumer of events failed */
            consumer: string | null;
            /** @description whether its event's data can be changed */
            editable: boolean;
            edited: boolean;
            /** Format: date-time */
            firstAt: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            lastAt: string;
            /** Format: uuid */
            messageId: string | null;
            /** @description why it was discarded */
            note: string | null;
            reason: string;
            /** @description queue that gave up, or the routing key that the broker refused */
            source: string;
            /** @description open, retried, resolved or discarded */
            state: string;
            /**
             * Format: uuid
             * @description null for what belongs to nobody
             */
            tenantId: string | null;
            type: string | null;
            /** Format: int64 */
            version: number;
        };
        FailureData: {
            data: unknown;
        };
        /** @description All that is known of a failure. */
        FailureDetails: {
            /** @description the message as JSON; null where it is none */
            event: unknown;
            failure: components["schemas"]["Failure"];
            headers: {
                [key: string]: string;
            };
            /** @description the message before it was edited */
            original: unknown;
            /** @description the message in Base64, where it is no JSON */
            raw: string | null;
            stackHead: string | null;
        };
        FailureDiscard: {
            reason: string;
            which: components["schemas"]["FailureWhich"];
        };
        /** @description Failures of one cause. */
        FailureGroup: {
            cause: string;
            code: string;
            consumer: string | null;
            /** Format: int64 */
            count: number;
            /** Format: uuid */
            example: string;
            exampleReason: string;
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
            source: string;
            type: string | null;
        };
        FailureGroupPage: {
            items: components["schemas"]["FailureGroup"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What became of many. */
        FailureHandled: {
            /**
             * Format: int32
             * @description so many were repeated or discarded
             */
            handled: number;
            /** @description whether there were more than one request handles */
            more: boolean;
            /**
             * Format: int32
             * @description so many could not be: their queue does not take them at the moment
             */
            skipped: number;
        };
        FailurePage: {
            items: components["schemas"]["Failure"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        FailureReason: {
            reason: string;
        };
        /** @description Which open failures to handle: `all` of them, or those of a group. */
        FailureWhich: {
            all?: boolean | null;
            cause?: string | null;
            code?: string | null;
            /** Format: date-time */
            from?: string | null;
            scope?: string | null;
            source?: string | null;
            /** Format: date-time */
            to?: string | null;
            type?: string | null;
        };
        /** @description What is wrong with one field of the request. */
        FieldError: {
            code: string;
            detail: string;
            field: string;
        };
        Health: {
            /** @description `up`, `down`, or `not_used` where the program's own replacement serves */
            parts: {
                [key: string]: string;
            };
            status: string;
        };
        /** @description From when to when, on the wall clock. */
        HoursBetween: {
            from: string;
            to: string;
        };
        /** @description From when to when, on the wall clock. */
        HoursBetweenInput: {
            from?: string | null;
            to?: string | null;
        };
        /** @description What to change; what is missing stays. */
        HoursChange: {
            holidays?: components["schemas"]["HoursHolidayInput"][] | null;
            name?: string | null;
            timeZone?: string | null;
            week?: components["schemas"]["HoursOpenInput"][] | null;
        };
        /** @description A day that is not as its day of the week; open at no time when `open` is empty. */
        HoursHoliday: {
            date: string;
            name: string;
            open: components["schemas"]["HoursBetween"][];
        };
        /** @description A day that is not as its day of the week; open at no time when `open` is empty. */
        HoursHolidayInput: {
            date?: string | null;
            name?: string | null;
            open?: components["schemas"]["HoursBetweenInput"][] | null;
        };
        /** @description Whether somebody works at a time, and when that changes; empty when it does not for more than a year. */
        HoursMoment: {
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            nextChange: string | null;
            open: boolean;
        };
        /** @description On which day of the week somebody works from when to when, on the wall clock (`09:00`). */
        HoursOpen: {
            day: string;
            from: string;
            to: string;
        };
        /** @description On which day of the week somebody works from when to when, on the wall clock (`09:00`). */
        HoursOpenInput: {
            day?: string | null;
            from?: string | null;
            to?: string | null;
        };
        /** @description What a row would do. */
        ImportContactExpected: {
            cells: string[];
            /** @description what would be changed, each with `before` where there is something and `after` */
            changes: {
                [key: string]: unknown;
            }[];
            code: string | null;
            /** Format: uuid */
            contactId: string | null;
            /** @description the column whose value is refused; null when it is not because of one */
            field: string | null;
            /** @description `created`, `updated`, `unchanged` or `refused` */
            outcome: string;
            reason: string | null;
            /** Format: int32 */
            row: number;
        };
        /** @description A row that was not taken in, with the first line below the header as 1. */
        ImportCostRefused: {
            code: string;
            column: string;
            reason: string;
            /** Format: int32 */
            row: number;
        };
        /** @description What became of the rows. */
        ImportCostResult: {
            /**
             * Format: int32
             * @description how many stand now as the file says
             */
            kept: number;
            refused: components["schemas"]["ImportCostRefused"][];
            /** Format: int32 */
            rows: number;
        };
        Invitation: {
            /** Format: date-time */
            createdAt: string;
            email: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            invitedBy: string;
            /** @description `waiting`, `sent` or `failed`, which `mailError` explains */
            mail: string;
            mailError: string | null;
            /** @description the name of a built-in role, or the id of one of the company's own; `roleName` is what people call it */
            role: string;
            roleName: string;
        };
        InvitationPage: {
            items: components["schemas"]["Invitation"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description An invoice; `month` is written 2026-03, `status` is `open`, `paid` or `void`. */
        Invoice: {
            currency: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            issuedAt: string;
            lines: components["schemas"]["InvoiceLine"][];
            month: string;
            /** @description of whoever settled it */
            note: string | null;
            /**
             * Format: int64
             * @description from 1 for each company, without a gap
             */
            number: number;
            /** @description `by_hand` */
            paidBy: string | null;
            plan: string;
            /** Format: date-time */
            settledAt: string | null;
            status: string;
            /** @description as the customer was then; null where nobody had said */
            to: components["schemas"]["InvoiceTo"] | null;
            /**
             * Format: int64
             * @description in the currency's smallest parts
             */
            total: number;
            /** Format: int64 */
            version: number;
        };
        /** @description `what` is `plan`, whose name is `text`, or something that was used and is in its price. */
        InvoiceLine: {
            /** Format: int64 */
            amount: number;
            /** Format: int64 */
            quantity: number;
            text: string | null;
            what: string;
        };
        InvoicePage: {
            items: components["schemas"]["Invoice"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description How the money came. */
        InvoicePayment: {
            note: string;
        };
        InvoiceReason: {
            reason: string;
        };
        /** @description To whom it goes. */
        InvoiceTo: {
            address: string | null;
            country: string;
            email: string;
            name: string;
            taxId: string | null;
        };
        JoinAcceptance: {
            name: string;
            password: string;
            token: string;
        };
        JoinChosen: {
            newPassword: string;
            token: string;
        };
        JoinForgotten: {
            email: string;
        };
        JoinInvited: {
            company: string;
            email: string;
            /** Format: date-time */
            expiresAt: string;
            role: string;
            roleName: string;
        };
        JoinLink: {
            token: string;
        };
        JoinNewCompany: {
            company: string;
            email: string;
            name: string;
            password: string;
        };
        /** @description One that a channel has; its colour is `#rrggbb`, and `chats` are those that have it. */
        Label: {
            /** Format: uuid */
            channelId: string;
            /** Format: int64 */
            chats: number;
            colour: string | null;
            /** Format: uuid */
            id: string;
            name: string;
        };
        LabelPage: {
            items: components["schemas"]["Label"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description The newest message, its text cut. */
        LastMessage: {
            authorName: string | null;
            direction: string;
            /** Format: uuid */
            id: string;
            preview: string | null;
            /** Format: date-time */
            sentAt: string;
            status: string;
            type: string;
        };
        /** @description How far a limit is used now; `limit` is agents, channels, contacts or messages (of this month), `allowed` null without an end. */
        LimitUsage: {
            /** Format: int64 */
            allowed: number | null;
            limit: string;
            /** Format: int64 */
            used: number;
        };
        LimitUsagePage: {
            items: components["schemas"]["LimitUsage"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        Me: {
            /** Format: uuid */
            id: string;
            kind: string;
            name: string;
            permissions: string[];
            projects: components["schemas"]["Project"][];
            tenant: components["schemas"]["Tenant"];
            /** @description null when an API key asks */
            user: components["schemas"]["User"] | null;
        };
        /** @description What to change; what is missing stays. Another `email` needs `currentPassword`, and `code` where a second factor is on. */
        MeChange: {
            code?: string | null;
            currentPassword?: string | null;
            email?: string | null;
            name?: string | null;
        };
        /** @description `mimeType` is what the file is, whatever it was called. */
        MediaKept: {
            /** Format: int64 */
            bytes: number;
            /** Format: uuid */
            id: string;
            mimeType: string;
            sha256: string;
        };
        Member: {
            active: boolean;
            /** Format: date-time */
            createdAt: string;
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description the name of a built-in role, or the id of one of the company's own; `roleName` is what people call it */
            role: string;
            roleName: string;
            secondFactor: boolean;
            /** Format: int64 */
            version: number;
        };
        MemberChange: {
            role: string;
        };
        MemberPage: {
            items: components["schemas"]["Member"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        MeNewPassword: {
            currentPassword: string;
            newPassword: string;
        };
        /** @description A contact that people merged into another. */
        Merge: {
            /** Format: uuid */
            contactId: string;
            identities: components["schemas"]["ContactIdentity"][];
            /** Format: date-time */
            mergedAt: string;
            name: string | null;
        };
        /** @description `keeps` is `contact` or `other`: whose is shown; `null` when neither has any. */
        MergeChoice: {
            contact: string | null;
            keeps: string | null;
            other: string | null;
        };
        /** @description Of a custom field that at least one of the two has a value of. */
        MergeFieldChoice: {
            conflict: boolean;
            contact: unknown;
            keeps: string;
            key: string;
            other: unknown;
        };
        MergePage: {
            items: components["schemas"]["Merge"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What a merge would do. */
        MergePreview: {
            /** @description how many notes, chats, sessions and deals of the other come along, by what they are */
            brings: {
                [key: string]: number;
            };
            /** @description what both have and differ in, so that the other's is not shown: `name`, `language`, `fields.<key>` */
            conflicts: string[];
            /** Format: uuid */
            contactId: string;
            fields: components["schemas"]["MergeFieldChoice"][];
            /** @description what messages and people know the other by, and the contact from then on */
            identities: components["schemas"]["ContactIdentity"][];
            language: components["schemas"]["MergeChoice"];
            name: components["schemas"]["MergeChoice"];
            /** Format: uuid */
            otherId: string;
            tags: components["schemas"]["MergeTagChoice"];
        };
        /** @description `coming` are the other's alone, `both` carry the rest of its tags already. */
        MergeTagChoice: {
            both: string[];
            coming: string[];
        };
        /** @description A message as a screen shows it; constants are in lower case. `sentAgainAs` is the one that says once more what failed. */
        Message: {
            actions: components["schemas"]["ConversationAction"][];
            author: components["schemas"]["ConversationAuthor"] | null;
            cards: components["schemas"]["MessageContentCard"][];
            /** Format: uuid */
            chatId: string;
            choice: string | null;
            /** Format: date-time */
            deliveredAt: string | null;
            direction: string;
            /** Format: date-time */
            editedAt: string | null;
            failure: components["schemas"]["ConversationFailure"] | null;
            forwarded: boolean;
            /** Format: uuid */
            id: string;
            location: components["schemas"]["MessageContentLocation"] | null;
            media: components["schemas"]["ConversationMedia"] | null;
            poll: components["schemas"]["ConversationPoll"] | null;
            reactions: components["schemas"]["ConversationReaction"][];
            /** Format: date-time */
            readAt: string | null;
            replyTo: components["schemas"]["ConversationReplyTo"] | null;
            /** Format: date-time */
            revokedAt: string | null;
            /** Format: uuid */
            sentAgainAs: string | null;
            /** Format: date-time */
            sentAt: string;
            /** Format: uuid */
            sessionId: string | null;
            source: string;
            status: string;
            text: string | null;
            type: string;
            viewOnce: boolean;
            waiting: boolean;
        };
        /** @description A contact card: the name shown and the vCard text. */
        MessageContentCard: {
            name: string;
            vcard: string;
        };
        /** @description A place: WGS 84 degrees, and what the sender called it. */
        MessageContentLocation: {
            address: string | null;
            latitude: number;
            longitude: number;
            name: string | null;
            url: string | null;
        };
        MessagePage: {
            items: components["schemas"]["Message"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description A message with the words in it; `matches` are places in its text, in UTF-16 units. */
        MessageSearchFound: {
            authorName: string | null;
            /** Format: uuid */
            channelId: string;
            /** Format: uuid */
            chatId: string;
            /** Format: uuid */
            contactId: string | null;
            direction: string;
            /** Format: uuid */
            id: string;
            matches: components["schemas"]["SearchedTextMatch"][];
            /** Format: date-time */
            sentAt: string;
            text: string;
            type: string;
        };
        MessageSearchFoundPage: {
            items: components["schemas"]["MessageSearchFound"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        NewAgent: {
            /** Format: int32 */
            capacity?: number | null;
            /** Format: uuid */
            hoursId?: string | null;
            kind?: string | null;
            name?: string | null;
            /** Format: uuid */
            userId?: string | null;
        };
        NewApiKey: {
            /** Format: date-time */
            expiresAt?: string | null;
            name: string;
            scopes: string[];
        };
        NewAssignmentRule: {
            /** Format: uuid */
            channelId?: string | null;
            /** Format: uuid */
            escalateToTeamId?: string | null;
            /** Format: int32 */
            inactivityMinutes?: number | null;
            /** Format: int32 */
            noResponseMinutes?: number | null;
            /** Format: uuid */
            projectId?: string | null;
            strategy?: string | null;
            /** Format: uuid */
            teamId?: string | null;
            /** Format: uuid */
            toTeamId?: string | null;
        };
        /** @description A channel to connect: `waha` for a number behind WAHA, `api` for the type api. `projectId` may be left out by a tenant with one project. */
        NewChannel: {
            api?: components["schemas"]["ChannelProgram"] | null;
            /** Format: uuid */
            defaultPipelineId?: string | null;
            groups?: boolean | null;
            name?: string | null;
            /** Format: uuid */
            projectId?: string | null;
            readReceipts?: boolean | null;
            /** Format: int32 */
            sessionTimeoutMinutes?: number | null;
            statusPosts?: boolean | null;
            type?: string | null;
            waha?: components["schemas"]["ChannelWahaInput"] | null;
        };
        /** @description Somebody to enter. `projectId` may be left out by a tenant with one project. */
        NewContact: {
            emails?: string[] | null;
            externalIds?: string[] | null;
            fields?: {
                [key: string]: unknown;
            } | null;
            language?: string | null;
            name?: string | null;
            phones?: string[] | null;
            /** Format: uuid */
            projectId?: string | null;
            tags?: string[] | null;
        };
        /** @description A field to define. `projectId` may be left out by a tenant with one project. */
        NewCustomField: {
            currency?: string | null;
            key?: string | null;
            label?: string | null;
            options?: string[] | null;
            /** Format: uuid */
            projectId?: string | null;
            required?: boolean | null;
            type?: string | null;
        };
        /** @description `pipelineId` may be left out for the default one, `statusId` for the first open one. */
        NewDeal: {
            /** Format: uuid */
            contactId?: string | null;
            /** Format: uuid */
            pipelineId?: string | null;
            /** Format: uuid */
            statusId?: string | null;
            value?: components["schemas"]["DealValue"] | null;
        };
        NewHours: {
            holidays?: components["schemas"]["HoursHolidayInput"][] | null;
            name?: string | null;
            timeZone?: string | null;
            week?: components["schemas"]["HoursOpenInput"][] | null;
        };
        NewIdentity: {
            kind?: string | null;
            value?: string | null;
        };
        NewInvitation: {
            email: string;
            role: string;
        };
        NewLossReason: {
            text?: string | null;
        };
        NewMember: {
            email: string;
            name: string;
            password: string;
            role: string;
        };
        /** @description Exactly one of the contents or acts. A content goes to a chat, or to a channel and a number; an act is about a message that is there. */
        NewMessage: {
            audio?: components["schemas"]["NewMessageSound"] | null;
            /** Format: uuid */
            channelId?: string | null;
            /** Format: uuid */
            chatId?: string | null;
            contacts?: components["schemas"]["NewMessagePerson"][] | null;
            document?: components["schemas"]["NewMessageDocument"] | null;
            edit?: components["schemas"]["NewMessageEdit"] | null;
            image?: components["schemas"]["NewMessageCaptioned"] | null;
            location?: components["schemas"]["NewMessagePlace"] | null;
            poll?: components["schemas"]["NewMessageQuestion"] | null;
            reaction?: components["schemas"]["NewMessageReaction"] | null;
            /** Format: uuid */
            replyToMessageId?: string | null;
            revoke?: components["schemas"]["NewMessageRevocation"] | null;
            text?: string | null;
            to?: string | null;
            video?: components["schemas"]["NewMessageCaptioned"] | null;
            voice?: components["schemas"]["NewMessageSound"] | null;
        };
        NewMessageCaptioned: {
            caption?: string | null;
            /** Format: uuid */
            fileId: string;
        };
        NewMessageDocument: {
            caption?: string | null;
            /** Format: uuid */
            fileId: string;
            fileName?: string | null;
        };
        NewMessageEdit: {
            /** Format: uuid */
            messageId: string;
            text: string;
        };
        NewMessagePerson: {
            name: string;
            organization?: string | null;
            phone: string;
        };
        NewMessagePlace: {
            latitude: number;
            longitude: number;
            name?: string | null;
        };
        NewMessageQuestion: {
            multipleAnswers?: boolean | null;
            options: string[];
            question: string;
        };
        NewMessageReaction: {
            emoji: string;
            /** Format: uuid */
            messageId: string;
        };
        NewMessageRevocation: {
            /** Format: uuid */
            messageId: string;
        };
        NewMessageSound: {
            /** Format: uuid */
            fileId: string;
        };
        NewNote: {
            mentions?: string[] | null;
            priority?: string | null;
            text?: string | null;
            type?: string | null;
        };
        /** @description A pipeline to define. `projectId` may be left out by a tenant with one project. */
        NewPipeline: {
            isDefault?: boolean | null;
            name?: string | null;
            /** Format: uuid */
            projectId?: string | null;
            /** Format: int32 */
            sessionTimeoutMinutes?: number | null;
            statuses?: components["schemas"]["NewPipelineStatus"][] | null;
        };
        NewPipelineStatus: {
            colour?: string | null;
            kind?: string | null;
            name?: string | null;
        };
        /** @description Which events to deliver again and to whom; what is missing limits nothing. A dry run may name no consumer. */
        NewReplay: {
            /** Format: uuid */
            aggregateId?: string | null;
            consumer?: string | null;
            dryRun?: boolean | null;
            /** Format: date-time */
            from?: string | null;
            /** Format: int32 */
            rate?: number | null;
            /** Format: date-time */
            to?: string | null;
            types?: string[] | null;
        };
        NewRole: {
            name: string;
            permissions: string[];
        };
        /** @description When which message is to be sent; with `cancelIfCustomerWrites` only if the customer has not written by then. */
        NewScheduledMessage: {
            cancelIfCustomerWrites?: boolean | null;
            message: components["schemas"]["NewMessage"];
            sendAt: string;
        };
        NewTags: {
            tags?: string[] | null;
        };
        NewTeam: {
            /** Format: uuid */
            hoursId?: string | null;
            name?: string | null;
        };
        NewWebhook: {
            eventTypes: string[];
            url: string;
        };
        Note: {
            authorName: string;
            /** Format: uuid */
            contactId: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            deletedAt: string | null;
            /** Format: date-time */
            editedAt: string | null;
            /** Format: uuid */
            id: string;
            mentions: string[];
            pinned: boolean;
            priority: string;
            text: string;
            type: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. */
        NoteChange: {
            mentions?: string[] | null;
            pinned?: boolean | null;
            priority?: string | null;
            text?: string | null;
            type?: string | null;
        };
        /** @description What a note said until somebody changed it. */
        NoteEarlier: {
            editorName: string;
            priority: string;
            /** Format: date-time */
            replacedAt: string;
            text: string;
            type: string;
            /** Format: int64 */
            version: number;
        };
        NoteEarlierPage: {
            items: components["schemas"]["NoteEarlier"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        NotePage: {
            items: components["schemas"]["Note"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description That a note mentions the member, or that a session was escalated to a team of which nobody is there. */
        Notification: {
            /**
             * Format: uuid
             * @description of an escalation
             */
            chatId: string | null;
            /**
             * Format: uuid
             * @description the contact as it is shown
             */
            contactId: string;
            contactName: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description how the note begins now */
            excerpt: string | null;
            /** Format: uuid */
            id: string;
            /** @description `mention` or `escalation` */
            kind: string;
            /** @description the name of whoever wrote the mention */
            mentionedBy: string | null;
            /**
             * Format: uuid
             * @description of a mention
             */
            noteId: string | null;
            /** Format: date-time */
            seenAt: string | null;
            /**
             * Format: uuid
             * @description of an escalation
             */
            sessionId: string | null;
            /** @description as the team was called then */
            teamName: string | null;
        };
        NotificationPage: {
            items: components["schemas"]["Notification"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        NotificationUnseen: {
            /** Format: int64 */
            count: number;
        };
        OpenSignIn: {
            address: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description whether it is the one that asks */
            current: boolean;
            device: string | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            lastUsedAt: string;
        };
        OpenSignInPage: {
            items: components["schemas"]["OpenSignIn"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        OperationQueueList: {
            queues: components["schemas"]["Queue"][];
        };
        OperationRelaying: {
            partitions: components["schemas"]["RelayPartition"][];
            programs: components["schemas"]["RelayProgram"][];
        };
        /** @description A pipeline as a screen shows it, its statuses in their order. */
        Pipeline: {
            archived: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            isDefault: boolean;
            lossReasons: components["schemas"]["PipelineReason"][];
            name: string;
            /** Format: uuid */
            projectId: string;
            /** Format: int32 */
            sessionTimeoutMinutes: number | null;
            statuses: components["schemas"]["PipelineStatus"][];
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. `sessionTimeoutMinutes: null` means: as the channel says. */
        PipelineChange: {
            archived?: boolean | null;
            isDefault?: boolean | null;
            name?: string | null;
            sessionTimeoutMinutes?: unknown;
            statusOrder?: string[] | null;
        };
        PipelinePage: {
            items: components["schemas"]["Pipeline"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        PipelineReason: {
            archived: boolean;
            /** Format: uuid */
            id: string;
            text: string;
        };
        PipelineReasonChange: {
            archived?: boolean | null;
            text?: string | null;
        };
        /** @description `next` says where one gets from here; null for every other status. */
        PipelineStatus: {
            archived: boolean;
            colour: string;
            /** Format: uuid */
            id: string;
            kind: string;
            name: string;
            next: string[] | null;
            requiredFields: string[];
        };
        /** @description `next: null` means: every other status. */
        PipelineStatusChange: {
            archived?: boolean | null;
            colour?: string | null;
            name?: string | null;
            next?: unknown;
            requiredFields?: string[] | null;
        };
        /** @description What a company pays for a month, and how much it may have for that. */
        Plan: {
            code: string;
            currency: string;
            limits: components["schemas"]["PlanAllowed"];
            name: string;
            /**
             * Format: int64
             * @description in the currency's smallest parts
             */
            price: number;
        };
        /** @description How many there may be of each; what is empty has no end. `messages` are those of a month. */
        PlanAllowed: {
            /** Format: int64 */
            agents: number | null;
            /** Format: int64 */
            channels: number | null;
            /** Format: int64 */
            contacts: number | null;
            /** Format: int64 */
            messages: number | null;
        };
        PlanPage: {
            items: components["schemas"]["Plan"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        PollOption: {
            text: string;
            /** Format: int64 */
            votes: number;
        };
        /** @description What went wrong, as RFC 9457 has it. */
        Problem: {
            /** @description stable, lower case with underscores; part of the API */
            code: string;
            detail: string;
            /** @description what is wrong with single fields */
            errors: components["schemas"]["FieldError"][];
            /** Format: int32 */
            status: number;
            title: string;
            /** @description names this request in our logs */
            traceId: string;
            /** @description always `about:blank`: the `code` says which problem it is */
            type: string;
        };
        /** @description A file that comes along; `type` is image, video, voice, audio or document. */
        ProgramFile: {
            fileName?: string | null;
            mimeType?: string | null;
            type?: string | null;
            url?: string | null;
        };
        /** @description What became of a message of ours. */
        ProgramNewReceipt: {
            at?: string | null;
            messageId?: string | null;
            status?: string | null;
        };
        /** @description What somebody wrote, under the program's own `id`. */
        ProgramNewReport: {
            id?: string | null;
            media?: components["schemas"]["ProgramFile"] | null;
            replyTo?: string | null;
            sender?: components["schemas"]["ProgramSender"] | null;
            sentAt?: string | null;
            text?: string | null;
        };
        /** @description Who wrote: `phone`, `externalId`, or both. */
        ProgramSender: {
            externalId?: string | null;
            name?: string | null;
            phone?: string | null;
        };
        /** @description It is kept, and told under which id. */
        ProgramTaken: {
            id: string;
        };
        /** @description A project that the caller can work in. */
        Project: {
            /** @description in which numbers that people type are read */
            country: string;
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * Format: int32
             * @description silence that ends a session where neither the channel nor the contact's pipeline has its own
             */
            sessionTimeoutMinutes: number;
            timeZone: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. */
        ProjectChange: {
            country?: string | null;
            name?: string | null;
            /** Format: int32 */
            sessionTimeoutMinutes?: number | null;
            timeZone?: string | null;
        };
        ProjectPage: {
            items: components["schemas"]["Project"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description One queue and lane; the lane in lower case, missing figures null. The rates are of the program that answers. */
        Queue: {
            /** @description whether no running program has its consumer: nobody takes from it, and it may be removed */
            abandoned: boolean;
            /** Format: int32 */
            consumers: number;
            /** @description where the dead of the queue are; null where none can die */
            deadLetterQueue: string | null;
            /** Format: int64 */
            deadLetters: number;
            /** Format: int64 */
            depth: number;
            lane: string;
            name: string;
            /** Format: int64 */
            oldestAgeSeconds: number | null;
            publishedPerSecond: number;
            settledPerSecond: number;
            /** Format: int64 */
            ttlSeconds: number | null;
            /** Format: int64 */
            unacked: number;
        };
        /** @description How it went when a consumer was tried out on an event. */
        Rehearsal: {
            code: string | null;
            /** @description `succeeds`, `done_before`, `fails_again` (a retry would follow) or `fails_for_good` */
            outcome: string;
            reason: string | null;
            stackHead: string | null;
        };
        /** @description A partition of the outbox. */
        RelayPartition: {
            /**
             * Format: int64
             * @description number of the program that publishes from it; null while nobody does
             */
            holder: number | null;
            /** @description age of the oldest of them; 0 when there is none */
            lagSeconds: number;
            /** Format: int32 */
            partition: number;
            /**
             * Format: int64
             * @description events that the broker refused and that are tried again
             */
            refused: number;
            /**
             * Format: int64
             * @description events refused for the last time: they are among the failures
             */
            setAside: number;
            /**
             * Format: int64
             * @description events not yet published, refused ones included
             */
            waiting: number;
        };
        /** @description A running program. */
        RelayProgram: {
            /** Format: int64 */
            number: number;
            relays: boolean;
            /** @description since it last counted; four mean that it is dead */
            silentSeconds: number;
        };
        /** @description A replay as an operator sees it. */
        Replay: {
            /** Format: uuid */
            aggregateId: string | null;
            /**
             * Format: int64
             * @description events that the consumer has worked on; rows counted anew
             */
            applied: number;
            consumer: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: int64
             * @description events that it gave up, to be repeated or discarded among the failures
             */
            failed: number;
            /** Format: date-time */
            finishedAt: string | null;
            /** Format: date-time */
            from: string | null;
            /** Format: uuid */
            id: string;
            /** @description `repeat`, `rebuild` or `recount` */
            kind: string;
            /**
             * Format: int64
             * @description of a recount, the rows that were not what they were counted to be
             */
            mended: number | null;
            /**
             * Format: int64
             * @description events given to the consumer's queue; rows counted anew
             */
            published: number;
            /** Format: int32 */
            rate: number | null;
            state: string;
            /** Format: date-time */
            to: string | null;
            /**
             * Format: int64
             * @description events to deliver, or rows to count anew, as counted when it began
             */
            total: number;
            types: string[];
        };
        /** @description How many events of a type a consumer would get. */
        ReplayCount: {
            consumer: string;
            /** Format: int64 */
            events: number;
            type: string;
        };
        /** @description What a dry run found. */
        ReplayCounts: {
            counts: components["schemas"]["ReplayCount"][];
            /** Format: int64 */
            events: number;
        };
        ReplayPage: {
            items: components["schemas"]["Replay"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What agents did. */
        ReportActivity: {
            /** Format: int64 */
            averageFirstResponseMillis: number | null;
            /**
             * Format: int64
             * @description sessions in which they were the first person who answered; the average is of the customers' waits for that
             */
            firstResponses: number;
            /**
             * Format: int64
             * @description messages that they wrote here
             */
            messagesSent: number;
            /**
             * Format: int64
             * @description sessions that they had when these were resolved
             */
            resolved: number;
            /**
             * Format: int64
             * @description sessions that were given to them, each once
             */
            sessionsTaken: number;
        };
        /** @description Figures of a day, an hour of the day, a channel or an agent (`agentId` is empty where nobody had the session). Messages belong to no agent, so they are empty there. Sessions count where they began; the rest is known of those that are over. */
        ReportFigures: {
            /** @description what agents did then, whenever the sessions began and whether or not they are over; only by or of an agent */
            activity: components["schemas"]["ReportActivity"] | null;
            /** Format: uuid */
            agentId: string | null;
            /** Format: int64 */
            averageFirstResponseMillis: number | null;
            /** Format: int64 */
            averageResolutionMillis: number | null;
            /** Format: uuid */
            channelId: string | null;
            /** Format: date */
            day: string | null;
            /** Format: int64 */
            ended: number;
            /**
             * Format: int64
             * @description sessions in which a person answered; average and median are over them
             */
            firstResponses: number;
            /** Format: int32 */
            hour: number | null;
            /** Format: int64 */
            inbound: number | null;
            /** Format: int64 */
            medianFirstResponseMillis: number | null;
            /** Format: int64 */
            outbound: number | null;
            /**
             * Format: int64
             * @description sessions of which a person said that they are done; the average is from their beginning to that
             */
            resolved: number;
            /** Format: int64 */
            sessions: number;
        };
        ReportFiguresPage: {
            items: components["schemas"]["ReportFigures"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What was used in a month on a channel; `month` is written 2026-03. */
        ReportUsage: {
            /** Format: int64 */
            activeContacts: number;
            /** Format: uuid */
            channelId: string;
            /** Format: int64 */
            inbound: number;
            month: string;
            /** Format: int64 */
            outbound: number;
            /** Format: int64 */
            sessions: number;
        };
        ReportUsagePage: {
            items: components["schemas"]["ReportUsage"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        Role: {
            builtIn: boolean;
            /** @description what a member's `role` says */
            id: string;
            /** Format: int64 */
            members: number;
            name: string;
            permissions: string[];
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. */
        RoleChange: {
            name?: string | null;
            permissions?: string[] | null;
        };
        RolePage: {
            items: components["schemas"]["Role"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description A message that waits or waited. */
        ScheduledMessage: {
            authorName: string | null;
            cancelIfCustomerWrites: boolean;
            /** Format: uuid */
            channelId: string;
            /** Format: uuid */
            chatId: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description whether the customer has written since; with `cancelIfCustomerWrites` it will not be sent */
            customerHasWritten: boolean;
            /** Format: date-time */
            endedAt: string | null;
            /** Format: uuid */
            fileId: string | null;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description what was sent
             */
            messageId: string | null;
            /** @description why it was cancelled (`person`, `customer_wrote`), or the code of what failed */
            reason: string | null;
            /**
             * Format: uuid
             * @description the message it answers; if that was deleted by then, it is sent without showing it
             */
            replyToMessageId: string | null;
            /** Format: date-time */
            sendAt: string;
            /** @description `pending`, `sent`, `cancelled`, `missed` or `failed` */
            status: string;
            text: string | null;
            /** @description the number, when no chat was named */
            to: string | null;
            type: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. */
        ScheduledMessageChange: {
            cancelIfCustomerWrites?: boolean | null;
            sendAt?: string | null;
            text?: string | null;
        };
        ScheduledMessagePage: {
            items: components["schemas"]["ScheduledMessage"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description Where something was found, in UTF-16 units as JavaScript and Java count them. */
        SearchedTextMatch: {
            /** Format: int32 */
            end: number;
            /** Format: int32 */
            start: number;
        };
        SecondFactor: {
            on: boolean;
            /**
             * Format: int32
             * @description those that were not used yet
             */
            recoveryCodesLeft: number;
            /** Format: date-time */
            since: string | null;
        };
        SecondFactorBothProofs: {
            code: string;
            password: string;
        };
        SecondFactorCode: {
            code: string;
        };
        SecondFactorEnrolment: {
            secret: string;
            /** @description what an authenticator app reads from a picture */
            uri: string;
        };
        SecondFactorPassword: {
            password: string;
        };
        SecondFactorRecoveryCodes: {
            recoveryCodes: string[];
        };
        /** @description A session. All times but `endedAt` and `assignedAt` are those of messages. */
        Session: {
            /** Format: uuid */
            agentId: string | null;
            /** Format: date-time */
            assignedAt: string | null;
            /** Format: uuid */
            channelId: string;
            /** Format: uuid */
            chatId: string;
            /** Format: uuid */
            contactId: string;
            conversion: components["schemas"]["SessionConversion"] | null;
            counts: components["schemas"]["SessionCounts"];
            /** Format: date-time */
            deadline: string;
            /** Format: date-time */
            endedAt: string | null;
            /** @description `silence`, `resolved` or `closed` */
            endReason: string | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            lastMessageAt: string;
            outcomes: string[];
            priority: string;
            /** Format: uuid */
            projectId: string;
            /** Format: date-time */
            startedAt: string;
            /** @description `open` or `ended` */
            status: string;
            /** Format: uuid */
            teamId: string | null;
            /**
             * Format: int64
             * @description rises with what people change and with the status, not with messages
             */
            version: number;
            waits: components["schemas"]["SessionWaits"];
        };
        /** @description Nobody when both are missing. */
        SessionAssignee: {
            /** Format: uuid */
            agentId?: string | null;
            note?: string | null;
            /** Format: uuid */
            teamId?: string | null;
        };
        /** @description Somebody was given a session; nobody has it when both ids are missing. */
        SessionAssignment: {
            actorId: string;
            actorKind: string;
            /** Format: uuid */
            agentId: string | null;
            /** Format: date-time */
            at: string;
            how: string;
            /** Format: uuid */
            id: string;
            note: string | null;
            /** Format: uuid */
            teamId: string | null;
        };
        SessionAssignmentPage: {
            items: components["schemas"]["SessionAssignment"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        SessionChange: {
            outcomes?: string[] | null;
        };
        /** @description What it led to; `value` is empty when nobody said what that is worth. */
        SessionConversion: {
            /** Format: date-time */
            at: string;
            outcome: string;
            value: components["schemas"]["SessionValue"] | null;
        };
        SessionConversionInput: {
            outcome?: string | null;
            value?: components["schemas"]["SessionValueInput"] | null;
        };
        /** @description Messages of the customer, ours, and both. */
        SessionCounts: {
            /** Format: int32 */
            inbound: number;
            /** Format: int32 */
            messages: number;
            /** Format: int32 */
            outbound: number;
        };
        /** @description `reason` is `resolved` when it is missing. */
        SessionEnding: {
            outcomes?: string[] | null;
            reason?: string | null;
        };
        SessionPage: {
            items: components["schemas"]["Session"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What a session was about, in short. */
        SessionSummary: {
            /** Format: uuid */
            agentId: string | null;
            /** @description who says so: `rules` */
            by: string;
            conversion: components["schemas"]["SessionConversion"] | null;
            counts: components["schemas"]["SessionCounts"];
            /**
             * Format: int64
             * @description from its first message to its last
             */
            durationMillis: number;
            /** @description the first thing the customer asked, else the first they wrote; empty when they wrote nothing */
            firstQuestion: components["schemas"]["SessionSummaryLine"] | null;
            /** @description empty when nothing of it is left */
            lastMessage: components["schemas"]["SessionSummaryLine"] | null;
            outcomes: string[];
            /** Format: uuid */
            sessionId: string;
            status: string;
            waits: components["schemas"]["SessionWaits"];
        };
        /** @description Something that was said; `text` is cut, and empty for what has none. */
        SessionSummaryLine: {
            /** Format: date-time */
            at: string;
            direction: string;
            /** Format: uuid */
            messageId: string;
            text: string | null;
            type: string;
        };
        SessionUrgency: {
            priority?: string | null;
            reason?: string | null;
        };
        /** @description `amount` is in the currency's smallest parts. */
        SessionValue: {
            /** Format: int64 */
            amount: number;
            currency: string;
        };
        /** @description In the currency's smallest parts. */
        SessionValueInput: {
            /** Format: int64 */
            amount?: number | null;
            currency?: string | null;
        };
        /** @description How long the customer waited for people. */
        SessionWaits: {
            /** Format: int32 */
            answers: number;
            /** Format: int64 */
            averageMillis: number | null;
            /** Format: date-time */
            firstInboundAt: string | null;
            /** Format: date-time */
            firstResponseAt: string | null;
            /** Format: int64 */
            firstResponseMillis: number | null;
            /** Format: int64 */
            longestMillis: number | null;
            /** Format: int64 */
            waitedMillis: number;
            /**
             * Format: date-time
             * @description since when they have waited for an answer that nobody has given
             */
            waitingSince: string | null;
        };
        Setup: {
            codeRequired: boolean;
            needed: boolean;
            /** @description whether anybody may open a company of their own */
            signUp: boolean;
        };
        SetupRequest: {
            company: string;
            email: string;
            name: string;
            password: string;
            setupCode?: string | null;
        };
        SignedIn: {
            accessToken: string;
            /** Format: int64 */
            expiresInSeconds: number;
            permissions: string[];
            projects: components["schemas"]["Project"][];
            tenant: components["schemas"]["Tenant"];
            user: components["schemas"]["User"];
        };
        SignIn: {
            /** @description where a second factor is on: of the app, or a recovery code */
            code?: string | null;
            email: string;
            password: string;
        };
        /** @description A team, and the agents who work in it. */
        Team: {
            agentIds: string[];
            archived: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            hoursId: string | null;
            /** Format: uuid */
            id: string;
            name: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change; what is missing stays. `hoursId: null` means: at all hours. */
        TeamChange: {
            hoursId?: unknown;
            name?: string | null;
        };
        TeamJoining: {
            /** Format: uuid */
            agentId?: string | null;
        };
        TeamPage: {
            items: components["schemas"]["Team"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description A company. */
        Tenant: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        /** @description A way by which a contact came. */
        Touch: {
            ad: components["schemas"]["TouchAd"] | null;
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            channelId: string;
            /**
             * Format: uuid
             * @description of the contact, or of the part of it that came
             */
            contactId: string;
            /** @description whether it is the contact's first */
            first: boolean;
            /** Format: uuid */
            id: string;
            /** @description `link` or `ad` */
            kind: string;
            /** @description whether it is the last */
            last: boolean;
            link: components["schemas"]["TouchLink"] | null;
            /** Format: uuid */
            messageId: string;
            /** Format: uuid */
            sessionId: string | null;
            /** @description of a link, as they are now; of an advertisement its app and whether it was paid for */
            utm: components["schemas"]["Utm"];
        };
        /** @description `clickId` is Meta's, which some engines never tell. */
        TouchAd: {
            clickId: string | null;
            id: string | null;
            paid: boolean;
            title: string | null;
            url: string | null;
        };
        TouchLink: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        TouchPage: {
            items: components["schemas"]["Touch"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What is known about an id. */
        TraceFound: {
            /** @description false when there is more than is shown */
            complete: boolean;
            /** Format: uuid */
            id: string;
            trees: components["schemas"]["TraceTree"][];
        };
        /** @description One thing that happened. */
        TraceNode: {
            /**
             * Format: int64
             * @description since what caused it
             */
            afterMillis: number | null;
            /**
             * Format: date-time
             * @description when; null if that is not kept
             */
            at: string | null;
            children: components["schemas"]["TraceNode"][];
            /** @description more about it, by its kind */
            facts: {
                [key: string]: unknown;
            };
            id: string;
            /** @description `delivery`, `request`, `schedule`, `workflow`, `program`; `event`; `send`; `consumer` and what it made; `failure`; `unknown` for a cause that is not kept */
            kind: string;
            name: string | null;
            /** @description how far it is, if it is not simply done */
            state: string | null;
        };
        /** @description All that is known to follow from one correlation; most have a single cause, the requests of one `traceparent` share one. */
        TraceTree: {
            causes: components["schemas"]["TraceNode"][];
            /** Format: uuid */
            correlationId: string;
            /** Format: date-time */
            startedAt: string;
            /**
             * Format: int64
             * @description from the first cause to the last effect so far
             */
            tookMillis: number;
        };
        /** @description A tracking link. */
        TrackingLink: {
            archived: boolean;
            /** Format: uuid */
            channelId: string;
            /**
             * Format: int64
             * @description how often it was opened
             */
            clicks: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description its short address on this server */
            path: string;
            /** Format: uuid */
            projectId: string;
            text: string;
            utm: components["schemas"]["Utm"];
            /** Format: int64 */
            version: number;
            /** @description where that leads; empty until the channel is paired with a number */
            whatsAppUrl: string | null;
        };
        /** @description What to change; what is missing stays. The five words of `utm` are given together. */
        TrackingLinkChange: {
            archived?: boolean | null;
            /** Format: uuid */
            channelId?: string | null;
            name?: string | null;
            text?: string | null;
            utm?: components["schemas"]["TrackingLinkUtmWords"] | null;
        };
        /** @description A link to make: to the number of a channel, with a text that waits to be sent. */
        TrackingLinkNewLink: {
            /** Format: uuid */
            channelId: string;
            name: string;
            text: string;
            utm: components["schemas"]["TrackingLinkUtmWords"];
        };
        TrackingLinkPage: {
            items: components["schemas"]["TrackingLink"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description Where somebody comes from, as marketing says it; kept in small letters. */
        TrackingLinkUtmWords: {
            campaign?: string | null;
            content?: string | null;
            medium?: string | null;
            source: string;
            term?: string | null;
        };
        /** @description What was used in a month, which is written 2026-03; messages are those written here and those of customers. */
        UsageMonth: {
            /** Format: int64 */
            agentsAdded: number;
            /** Format: int64 */
            channelsAdded: number;
            /** Format: int64 */
            contactsAdded: number;
            /** Format: int64 */
            messagesReceived: number;
            /** Format: int64 */
            messagesSent: number;
            month: string;
        };
        UsageMonthPage: {
            items: components["schemas"]["UsageMonth"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
        /** @description What would be said; `missing` are variables that have neither value nor default, and stand in the text as they are. */
        UseCannedReplieFilled: {
            attachments: components["schemas"]["CannedReplyFile"][];
            missing: string[];
            text: string | null;
        };
        User: {
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description the name of a built-in role, or the id of one of the company's own; `roleName` is what people call it */
            role: string;
            roleName: string;
        };
        /** @description How marketing says where somebody came from: the five words that are called UTM. In small letters, so that Facebook and facebook are one source. */
        Utm: {
            campaign: string | null;
            content: string | null;
            medium: string | null;
            source: string;
            term: string | null;
        };
        /** @description An endpoint as its owners see it, without the secret. */
        Webhook: {
            active: boolean;
            /** Format: date-time */
            createdAt: string;
            eventTypes: string[];
            /** Format: uuid */
            id: string;
            url: string;
            /** Format: int64 */
            version: number;
        };
        WebhookChange: {
            active?: boolean | null;
            eventTypes?: string[] | null;
            url?: string | null;
        };
        WebhookCreatedOnce: {
            active: boolean;
            /** Format: date-time */
            createdAt: string;
            eventTypes: string[];
            /** Format: uuid */
            id: string;
            secret: string;
            url: string;
            /** Format: int64 */
            version: number;
        };
        WebhookPage: {
            items: components["schemas"]["Webhook"][];
            /** @description Where the next part begins, for the parameter `cursor`; null on the last one. */
            nextCursor: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAgents: {
        parameters: {
            query?: {
                /** @description Shows those that are archived, in place of those that are not. */
                archived?: boolean;
                /** @description Only those who are: `online`, `away`, `offline`. */
                availability?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only of this kind: `human`, `ai`, `bot`, `channel`. */
                kind?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Only those in this team. */
                teamId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentPage"];
                };
            };
        };
    };
    postAgents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "bot",
                 *       "name": "Atendente 87654321",
                 *       "capacity": 5
                 *     }
                 */
                "application/json": components["schemas"]["NewAgent"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    getAgentsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    deleteAgentsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchAgentsById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Atendente da tarde",
                 *       "capacity": 8,
                 *       "hoursId": null
                 *     }
                 */
                "application/json": components["schemas"]["AgentChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    postAgentsByIdAvailability: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "availability": "online"
                 *     }
                 */
                "application/json": components["schemas"]["AgentSaid"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    postAgentsByIdRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    getAgentsMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    postAgentsMeAvailability: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "availability": "away"
                 *     }
                 */
                "application/json": components["schemas"]["AgentSaid"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    postAgentsMeSeen: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getApiKeys: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
        };
    };
    postApiKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Loja virtual",
                 *       "scopes": [
                 *         "contact_read",
                 *         "contact_write"
                 *       ],
                 *       "expiresAt": "2099-12-31T23:59:59Z"
                 *     }
                 */
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyCreatedOnce"];
                };
            };
        };
    };
    deleteApiKeysById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAssignmentRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentRulePage"];
                };
            };
        };
    };
    postAssignmentRules: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "teamId": "0197b0e4-0000-7000-8000-00000000425d",
                 *       "strategy": "round_robin",
                 *       "noResponseMinutes": 10,
                 *       "inactivityMinutes": 60
                 *     }
                 */
                "application/json": components["schemas"]["NewAssignmentRule"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentRule"];
                };
            };
        };
    };
    deleteAssignmentRulesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchAssignmentRulesById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "strategy": "least_busy",
                 *       "noResponseMinutes": 15,
                 *       "inactivityMinutes": null
                 *     }
                 */
                "application/json": components["schemas"]["AssignmentRuleChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentRule"];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                /** @description Id of a member or a key, or the name of a part of the program: only what it did. */
                actor?: string;
                /** @description Only what was done to this one. */
                aggregateId?: string;
                /** @description Only what was done to things of this kind, such as `contact` or `api_key`. */
                aggregateType?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only what was recorded from this moment on, written 2026-03-01T12:00:00Z; it counts. */
                from?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Only what was recorded before this moment, written 2026-03-01T12:00:00Z. */
                to?: string;
                /** @description Only events of this type, such as `contact.deleted`. */
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
        };
    };
    getAuditVerify: {
        parameters: {
            query?: {
                /** @description Position of the last entry that is known to be whole; checked is what follows it. */
                after?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerified"];
                };
            };
        };
    };
    postAuthInvitationsAccept: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "vi_8Jm3cW5nQ0aV7tYx2LkR9sUfHbDpEoZg1iK4wMqSrTc",
                 *       "name": "Bia Lima",
                 *       "password": "cavalo bateria grampo"
                 *     }
                 */
                "application/json": components["schemas"]["JoinAcceptance"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    postAuthInvitationsShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "vi_8Jm3cW5nQ0aV7tYx2LkR9sUfHbDpEoZg1iK4wMqSrTc"
                 *     }
                 */
                "application/json": components["schemas"]["JoinLink"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinInvited"];
                };
            };
        };
    };
    postAuthPasswordResets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ana@exemplo.com.br"
                 *     }
                 */
                "application/json": components["schemas"]["JoinForgotten"];
            };
        };
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthPasswordResetsComplete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "vp_8Jm3cW5nQ0aV7tYx2LkR9sUfHbDpEoZg1iK4wMqSrTc",
                 *       "newPassword": "grampo bateria cavalo"
                 *     }
                 */
                "application/json": components["schemas"]["JoinChosen"];
            };
        };
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                crm_refresh?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    postAuthSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ana@exemplo.com.br",
                 *       "password": "cavalo bateria grampo"
                 *     }
                 */
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    postAuthSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: {
                crm_refresh?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthSignUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "company": "Loja Exemplo",
                 *       "name": "Ana Souza",
                 *       "email": "ana87654321@exemplo.com.br",
                 *       "password": "cavalo bateria grampo"
                 *     }
                 */
                "application/json": components["schemas"]["JoinNewCompany"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    getBillingAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingAccount"];
                };
            };
        };
    };
    getBillingAccounts: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingAccountPage"];
                };
            };
        };
    };
    getBillingAccountsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingAccount"];
                };
            };
        };
    };
    patchBillingAccountsById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "plan": "unlimited"
                 *     }
                 */
                "application/json": components["schemas"]["BillingAccountPlanChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingAccount"];
                };
            };
        };
    };
    postBillingAccountsByIdActivate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "A fatura de novembro foi paga."
                 *     }
                 */
                "application/json": components["schemas"]["BillingAccountActivation"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingAccount"];
                };
            };
        };
    };
    postBillingAccountsByIdCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "A loja fechou."
                 *     }
                 */
                "application/json": components["schemas"]["BillingAccountReason"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingAccount"];
                };
            };
        };
    };
    getBillingAccountsByIdInvoices: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoicePage"];
                };
            };
        };
    };
    postBillingAccountsByIdSuspend: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "A fatura de outubro está em aberto."
                 *     }
                 */
                "application/json": components["schemas"]["BillingAccountReason"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BillingAccount"];
                };
            };
        };
    };
    getBillingCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    putBillingCustomer: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Padaria Sol Ltda.",
                 *       "taxId": "12.ABC.345/01DE-35",
                 *       "email": "contas@exemplo.com.br",
                 *       "address": "Rua das Flores, 10\nSão Paulo",
                 *       "country": "BR"
                 *     }
                 */
                "application/json": components["schemas"]["BillingCustomer"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    getBillingInvoices: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoicePage"];
                };
            };
        };
    };
    getBillingInvoicesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
        };
    };
    postBillingInvoicesByIdPay: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "note": "PIX de 5 de março."
                 *     }
                 */
                "application/json": components["schemas"]["InvoicePayment"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
        };
    };
    postBillingInvoicesByIdVoid: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Emitida por engano."
                 *     }
                 */
                "application/json": components["schemas"]["InvoiceReason"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
        };
    };
    getBillingLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitUsagePage"];
                };
            };
        };
    };
    getBillingPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanPage"];
                };
            };
        };
    };
    getBillingUsage: {
        parameters: {
            query?: {
                /** @description First month, written 2026-03; eleven months before the last where it is not said. */
                from?: string;
                /** @description Last month, written 2026-03; this one where it is not said. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageMonthPage"];
                };
            };
        };
    };
    getBusinessHours: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessHoursPage"];
                };
            };
        };
    };
    postBusinessHours: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Loja 87654321",
                 *       "timeZone": "America/Sao_Paulo",
                 *       "week": [
                 *         {
                 *           "day": "monday",
                 *           "from": "09:00",
                 *           "to": "12:00"
                 *         },
                 *         {
                 *           "day": "monday",
                 *           "from": "13:00",
                 *           "to": "18:00"
                 *         }
                 *       ],
                 *       "holidays": [
                 *         {
                 *           "date": "2026-12-25",
                 *           "name": "Natal"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewHours"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessHours"];
                };
            };
        };
    };
    getBusinessHoursById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessHours"];
                };
            };
        };
    };
    deleteBusinessHoursById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchBusinessHoursById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Loja no verão",
                 *       "timeZone": "America/Recife",
                 *       "week": [],
                 *       "holidays": []
                 *     }
                 */
                "application/json": components["schemas"]["HoursChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BusinessHours"];
                };
            };
        };
    };
    getBusinessHoursByIdOpen: {
        parameters: {
            query?: {
                /** @description When, written 2026-03-01T12:00:00Z; now where it is not said. */
                at?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoursMoment"];
                };
            };
        };
    };
    getCannedReplies: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
                /** @description Beginning of a short code, or a part of a title. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReplyPage"];
                };
            };
        };
    };
    postCannedReplies: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "shortCode": "ola87654321",
                 *       "title": "Saudação",
                 *       "text": "Olá, {{contact.firstName|cliente}}! Aqui é {{agent.name|a equipe}}.",
                 *       "personal": false
                 *     }
                 */
                "application/json": components["schemas"]["CannedReplyNewReply"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
        };
    };
    getCannedRepliesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
        };
    };
    deleteCannedRepliesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchCannedRepliesById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "shortCode": "bom-dia87654321",
                 *       "title": "Bom dia",
                 *       "text": "Bom dia, {{contact.firstName|cliente}}!"
                 *     }
                 */
                "application/json": components["schemas"]["CannedReplyChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
        };
    };
    getCannedRepliesByIdPreview: {
        parameters: {
            query?: {
                /** @description The contact to whom it would be said. */
                contactId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UseCannedReplieFilled"];
                };
            };
        };
    };
    postCannedRepliesByIdSend: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "chatId": "0197b0e4-0000-7000-8000-000000009358"
                 *     }
                 */
                "application/json": components["schemas"]["CannedReplyWhere"];
            };
        };
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
        };
    };
    postCannedRepliesByIdTake: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "chatId": "0197b0e4-0000-7000-8000-000000009358"
                 *     }
                 */
                "application/json": components["schemas"]["CannedReplyWhere"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UseCannedReplieFilled"];
                };
            };
        };
    };
    getChannels: {
        parameters: {
            query?: {
                /** @description Shows those that are archived, in place of those that are not. */
                archived?: boolean;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelPage"];
                };
            };
        };
    };
    postChannels: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Vendas",
                 *       "type": "waha",
                 *       "sessionTimeoutMinutes": 30,
                 *       "waha": {
                 *         "url": "http://127.0.0.1:9",
                 *         "session": "vendas87654321",
                 *         "apiKey": "waha-key",
                 *         "hmacSecret": "um segredo bem comprido"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewChannel"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    getChannelsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    deleteChannelsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchChannelsById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Vendas e trocas",
                 *       "sessionTimeoutMinutes": 60,
                 *       "groups": false,
                 *       "readReceipts": true,
                 *       "defaultPipelineId": null
                 *     }
                 */
                "application/json": components["schemas"]["ChannelChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    postChannelsByIdConnect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    postChannelsByIdDisconnect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "logOut": true
                 *     }
                 */
                "application/json": components["schemas"]["ChannelDisconnection"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    postChannelsByIdMessages: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "pedido-77-1",
                 *       "sender": {
                 *         "phone": "+5511987654321",
                 *         "externalId": "loja/77",
                 *         "name": "Ana Souza"
                 *       },
                 *       "text": "Chegou errado",
                 *       "sentAt": "2026-03-01T12:00:00Z",
                 *       "replyTo": "pedido-77-0",
                 *       "media": {
                 *         "type": "image",
                 *         "url": "https://arquivos.exemplo.com.br/77.jpg",
                 *         "mimeType": "image/jpeg",
                 *         "fileName": "77.jpg"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ProgramNewReport"];
            };
        };
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramTaken"];
                };
            };
        };
    };
    postChannelsByIdPairingCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone": "+55 11 98765-4321"
                 *     }
                 */
                "application/json": components["schemas"]["ChannelPairing"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelPairingCode"];
                };
            };
        };
    };
    getChannelsByIdQr: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
        };
    };
    postChannelsByIdReceipts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messageId": "pedido-77-2",
                 *       "status": "delivered",
                 *       "at": "2026-03-01T12:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["ProgramNewReceipt"];
            };
        };
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgramTaken"];
                };
            };
        };
    };
    postChannelsByIdRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    postChannelsByIdWebhookKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
        };
    };
    getChats: {
        parameters: {
            query?: {
                /** @description Only of this channel. */
                channelId?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description `all`, or `unread` for those in which something is unread. */
                filter?: string;
                /** @description Only those that have this label. */
                label?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description A part of the name or number of the one whom the chat is with, or of the group's name. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatPage"];
                };
            };
        };
    };
    getChatsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
        };
    };
    putChatsByIdLabels: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "labels": []
                 *     }
                 */
                "application/json": components["schemas"]["ChatLabels"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
        };
    };
    getChatsByIdMessages: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
        };
    };
    postChatsByIdRead: {
        parameters: {
            query?: {
                /** @description The last message that was read; the chat's newest where it is not said. */
                upTo?: string;
            };
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postChatsByIdTyping: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "typing": true
                 *     }
                 */
                "application/json": components["schemas"]["ChatTyping"];
            };
        };
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getContactErasures: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EraseContactErasurePage"];
                };
            };
        };
    };
    postContactErasures: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contactId": "0197b0e4-0000-7000-8000-00000000f312"
                 *     }
                 */
                "application/json": components["schemas"]["ContactErasureForgotten"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EraseContactErasure"];
                };
            };
        };
    };
    getContactErasuresById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EraseContactErasure"];
                };
            };
        };
    };
    getContactFields: {
        parameters: {
            query?: {
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomFieldPage"];
                };
            };
        };
    };
    postContactFields: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "key": "plano87654321",
                 *       "label": "Plano",
                 *       "type": "select",
                 *       "options": [
                 *         "prata",
                 *         "ouro"
                 *       ],
                 *       "required": false
                 *     }
                 */
                "application/json": components["schemas"]["NewCustomField"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
        };
    };
    patchContactFieldsById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "label": "Plano contratado",
                 *       "options": [
                 *         "prata",
                 *         "ouro",
                 *         "platina"
                 *       ],
                 *       "required": false,
                 *       "archived": false
                 *     }
                 */
                "application/json": components["schemas"]["CustomFieldChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomField"];
                };
            };
        };
    };
    getContactImports: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImportPage"];
                };
            };
        };
    };
    postContactImports: {
        parameters: {
            query?: {
                /** @description How the file is written: `utf-8` or `windows-1252`. It is found out where nobody says it. */
                encoding?: string;
                /** @description What the file is called. */
                fileName?: string;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
                /** @description What stands between cells: `comma`, `semicolon` or `tab`. It is found out where nobody says it. */
                separator?: string;
            };
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
        };
    };
    getContactImportsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
        };
    };
    postContactImportsByIdCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
        };
    };
    postContactImportsByIdPreview: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "columns": [
                 *         "name",
                 *         "phones"
                 *       ],
                 *       "decimal": "comma"
                 *     }
                 */
                "application/json": components["schemas"]["ContactImportColumns"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImportPreview"];
                };
            };
        };
    };
    getContactImportsByIdResult: {
        parameters: {
            query?: {
                /** @description Only rows of which this became: `created`, `updated`, `unchanged` or `refused`. */
                outcome?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getContactImportsByIdRows: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Only rows of which this became: `created`, `updated`, `unchanged` or `refused`. */
                outcome?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImportRowPage"];
                };
            };
        };
    };
    postContactImportsByIdStart: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "columns": [
                 *         "name",
                 *         "phones"
                 *       ],
                 *       "decimal": "comma"
                 *     }
                 */
                "application/json": components["schemas"]["ContactImportColumns"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
        };
    };
    postContactImportsByIdUndo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
        };
    };
    getContactLists: {
        parameters: {
            query?: {
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactListPage"];
                };
            };
        };
    };
    postContactLists: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Clientes 87654321"
                 *     }
                 */
                "application/json": components["schemas"]["ContactListNewList"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
        };
    };
    getContactListsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
        };
    };
    deleteContactListsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchContactListsById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Clientes da feira"
                 *     }
                 */
                "application/json": components["schemas"]["ContactListChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
        };
    };
    getContactListsByIdContacts: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactListMemberPage"];
                };
            };
        };
    };
    postContactListsByIdContacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contactIds": [
                 *         "0197b0e4-0000-7000-8000-000000002420"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ContactListChosen"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
        };
    };
    deleteContactListsByIdContactsByContactId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contactId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postContactListsByIdRecount: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
        };
    };
    getContacts: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Shows those that were deleted, in place of those that are there. */
                deleted?: boolean;
                /** @description How many at most. */
                limit?: number;
                /** @description A part of a name or an address. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
        };
    };
    postContacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ana Souza",
                 *       "language": "pt-BR",
                 *       "phones": [
                 *         "+5511987654321"
                 *       ],
                 *       "emails": [
                 *         "ana87654321@exemplo.com.br"
                 *       ],
                 *       "externalIds": [
                 *         "loja/87654321"
                 *       ],
                 *       "tags": [
                 *         "vip"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewContact"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    getContactsByContactIdNotes: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Shows those that were deleted, in place of those that are there. */
                deleted?: boolean;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                contactId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotePage"];
                };
            };
        };
    };
    postContactsByContactIdNotes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                contactId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "call",
                 *       "priority": "high",
                 *       "text": "Prefere ser atendida à tarde.",
                 *       "mentions": []
                 *     }
                 */
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
        };
    };
    getContactsByContactIdNotesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contactId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
        };
    };
    deleteContactsByContactIdNotesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contactId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchContactsByContactIdNotesById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                contactId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "general",
                 *       "priority": "normal",
                 *       "text": "Prefere a manhã.",
                 *       "mentions": [],
                 *       "pinned": true
                 *     }
                 */
                "application/json": components["schemas"]["NoteChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
        };
    };
    getContactsByContactIdNotesByIdHistory: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                contactId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoteEarlierPage"];
                };
            };
        };
    };
    postContactsByContactIdNotesByIdRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                contactId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
        };
    };
    getContactsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    deleteContactsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchContactsById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ana Souza Lima",
                 *       "language": "en",
                 *       "fields": {}
                 *     }
                 */
                "application/json": components["schemas"]["ContactChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    postContactsByIdIdentities: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "email",
                 *       "value": "ana.lima87654321@exemplo.com.br"
                 *     }
                 */
                "application/json": components["schemas"]["NewIdentity"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    deleteContactsByIdIdentities: {
        parameters: {
            query?: {
                /** @description Which kind of address: `phone`, `email` or `external`. */
                kind?: string;
                /** @description The address to take away. */
                value?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    getContactsByIdLists: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactListMembershipPage"];
                };
            };
        };
    };
    postContactsByIdMatches: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filter": {
                 *         "field": "name",
                 *         "contains": "ana"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ContactQuestion"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactAnswer"];
                };
            };
        };
    };
    getContactsByIdMerges: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergePage"];
                };
            };
        };
    };
    postContactsByIdMerges: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contactId": "0197b0e4-0000-7000-8000-00000000f312"
                 *     }
                 */
                "application/json": components["schemas"]["ContactOther"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    deleteContactsByIdMergesByContactId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contactId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    getContactsByIdMergesPreview: {
        parameters: {
            query?: {
                /** @description The contact that would be merged into this one. */
                contactId?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergePreview"];
                };
            };
        };
    };
    getContactsByIdPersonalData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EraseContactEverything"];
                };
            };
        };
    };
    postContactsByIdRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    postContactsByIdTags: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tags": [
                 *         "vip",
                 *         "aniversário em maio"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewTags"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    deleteContactsByIdTags: {
        parameters: {
            query?: {
                /** @description The tag to take away. */
                tag?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
        };
    };
    getContactsByIdTimeline: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only from this moment on, written 2026-03-01T12:00:00Z; it counts. */
                from?: string;
                /** @description Only of these kinds: `contact`, `deal`, `note`, `session`, `call`, `tracking`. */
                kind?: string[];
                /** @description How many at most. */
                limit?: number;
                /** @description Only until this moment, written 2026-03-01T12:00:00Z; it does not count. */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactEntryPage"];
                };
            };
        };
    };
    getContactsByIdTouches: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchPage"];
                };
            };
        };
    };
    getContactsDuplicates: {
        parameters: {
            query?: {
                /** @description An address that they may have. */
                email?: string;
                /** @description An id in another system that they may have. */
                externalId?: string;
                /** @description How they may be called. */
                name?: string;
                /** @description A number that they may have. */
                phone?: string;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactDuplicatePage"];
                };
            };
        };
    };
    getContactsExport: {
        parameters: {
            query?: {
                /** @description Columns of the file, in their order; all where none is said. */
                columns?: string[];
                /** @description Only contacts that meet this filter, as JSON. */
                filter?: string;
                /** @description Only the contacts on this list. */
                listId?: string;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
                /** @description What stands between cells: `comma`, `semicolon` or `tab`; a comma where it is not said. */
                separator?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    getContactsSearch: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Shows those that were deleted, in place of those that are there. */
                deleted?: boolean;
                /** @description Only contacts that meet this filter, as JSON; the body of the POST has the same. */
                filter?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
                /** @description In which order: `-createdAt`, `createdAt`, `name`, `-name`; the newest first where it is not said. */
                sort?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
        };
    };
    postContactsSearch: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filter": {
                 *         "field": "name",
                 *         "contains": "ana"
                 *       },
                 *       "sort": "-createdAt",
                 *       "deleted": false
                 *     }
                 */
                "application/json": components["schemas"]["ContactSearch"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
        };
    };
    getContactsTags: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactTagPage"];
                };
            };
        };
    };
    getDeals: {
        parameters: {
            query?: {
                /** @description The contact whose deals are listed. */
                contactId?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealPage"];
                };
            };
        };
    };
    postDeals: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contactId": "0197b0e4-0000-7000-8000-00000000f312",
                 *       "pipelineId": "0197b0e4-0000-7000-8000-00000000aaa2",
                 *       "statusId": "0197b0e4-0000-7000-8000-00000000cff2",
                 *       "value": {
                 *         "amount": 129900,
                 *         "currency": "BRL"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewDeal"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
        };
    };
    getDealsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
        };
    };
    postDealsByIdLeave: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
        };
    };
    postDealsByIdMove: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "statusId": "0197b0e4-0000-7000-8000-0000000004c5"
                 *     }
                 */
                "application/json": components["schemas"]["DealMove"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
        };
    };
    getDealsByIdStays: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealStayPage"];
                };
            };
        };
    };
    putDealsByIdValue: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": {
                 *         "amount": 99900,
                 *         "currency": "BRL"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["DealNewValue"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deal"];
                };
            };
        };
    };
    postDealsMove: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "dealId": "0197b0e4-0000-7000-8000-00000000fc6c"
                 *         }
                 *       ],
                 *       "statusId": "0197b0e4-0000-7000-8000-0000000004c5"
                 *     }
                 */
                "application/json": components["schemas"]["DealMoveMany"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealResultPage"];
                };
            };
        };
    };
    getInvitations: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPage"];
                };
            };
        };
    };
    postInvitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "caio87654321@exemplo.com.br",
                 *       "role": "0197b0e4-0000-7000-8000-000000008076"
                 *     }
                 */
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
        };
    };
    deleteInvitationsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postInvitationsByIdResend: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
        };
    };
    getLabels: {
        parameters: {
            query?: {
                /** @description Only of this channel. */
                channelId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabelPage"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    patchMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ana Souza Lima",
                 *       "email": "ana.lima@exemplo.com.br",
                 *       "currentPassword": "cavalo bateria grampo"
                 *     }
                 */
                "application/json": components["schemas"]["MeChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    putMePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "cavalo bateria grampo",
                 *       "newPassword": "grampo bateria cavalo"
                 *     }
                 */
                "application/json": components["schemas"]["MeNewPassword"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    getMeSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
        };
    };
    postMeSecondFactor: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "cavalo bateria grampo"
                 *     }
                 */
                "application/json": components["schemas"]["SecondFactorPassword"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorEnrolment"];
                };
            };
        };
    };
    postMeSecondFactorConfirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "123456"
                 *     }
                 */
                "application/json": components["schemas"]["SecondFactorCode"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorRecoveryCodes"];
                };
            };
        };
    };
    postMeSecondFactorDisable: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "cavalo bateria grampo",
                 *       "code": "7Q2M-9DKX-4TWB-0HZR"
                 *     }
                 */
                "application/json": components["schemas"]["SecondFactorBothProofs"];
            };
        };
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postMeSecondFactorRecoveryCodes: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "cavalo bateria grampo",
                 *       "code": "123456"
                 *     }
                 */
                "application/json": components["schemas"]["SecondFactorBothProofs"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactorRecoveryCodes"];
                };
            };
        };
    };
    getMeSignIns: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenSignInPage"];
                };
            };
        };
    };
    deleteMeSignIns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteMeSignInsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postMedia: {
        parameters: {
            query?: {
                /** @description What the file is called; it helps to tell what it is. */
                fileName?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaKept"];
                };
            };
        };
    };
    getMediaById: {
        parameters: {
            query?: {
                /** @description What the file is to be called where it is saved. */
                fileName?: string;
            };
            header?: {
                /**
                 * @description The part of the file that is wanted.
                 * @example bytes=0-1023
                 */
                Range?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Partial Content. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    getMembers: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
        };
    };
    postMembers: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Bia Lima",
                 *       "email": "bia87654321@exemplo.com.br",
                 *       "password": "cavalo bateria grampo",
                 *       "role": "agent"
                 *     }
                 */
                "application/json": components["schemas"]["NewMember"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    getMembersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    patchMembersById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "0197b0e4-0000-7000-8000-000000008076"
                 *     }
                 */
                "application/json": components["schemas"]["MemberChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    postMembersByIdDeactivate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    postMembersByIdReactivate: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    deleteMembersByIdSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postMessages: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "channelId": "0197b0e4-0000-7000-8000-000000007d03",
                 *       "to": "+5511987654321",
                 *       "text": "Olá! Seu pedido saiu para entrega."
                 *     }
                 */
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    getMessagesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    postMessagesByIdSendAgain: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    getMessagesSearch: {
        parameters: {
            query?: {
                /** @description Only of this channel. */
                channelId?: string;
                /** @description Only of this chat. */
                chatId?: string;
                /** @description Only of this contact, or of one that was merged into it. */
                contactId?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only `inbound` or `outbound` messages. */
                direction?: string;
                /** @description Only from this moment on, written 2026-03-01T12:00:00Z; it counts. */
                from?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Up to ten words, all of which occur, each perhaps as the beginning of one. */
                q?: string;
                /** @description Only until this moment, written 2026-03-01T12:00:00Z; it does not count. */
                to?: string;
                /** @description Only messages of this type: `text`, `image`, `video`, `video_note`, `voice`, `audio`, `document`, `sticker`, `location`, `live_location`, `contacts`, `poll`, `button_reply`, `list_reply`, `flow_reply`, `order`, `product`, `event`, `group_invite`, `payment`, `album`, `unsupported`. */
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageSearchFoundPage"];
                };
            };
        };
    };
    getNotifications: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Only those that the caller has not seen. */
                unseen?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
        };
    };
    postNotificationsByIdSeen: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postNotificationsSeen: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getNotificationsUnseen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationUnseen"];
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The part of the file that is wanted.
                 * @example bytes=0-1023
                 */
                Range?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description Partial Content. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
        };
    };
    getOperationsEventsCatalogue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogueEntryPage"];
                };
            };
        };
    };
    getOperationsFailures: {
        parameters: {
            query?: {
                /** @description Only of this cause, as the groups tell it. */
                cause?: string;
                /** @description Only with this code. */
                code?: string;
                /** @description Only what this consumer of events gave up. */
                consumer?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only from this moment on, written 2026-03-01T12:00:00Z; it counts. */
                from?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description With `installation` those who run the installation reach what belongs to other companies, and to nobody. */
                scope?: string;
                /** @description Only of this queue, or of this routing key that the broker refused. */
                source?: string;
                /** @description Only those that are `open`, `retried`, `resolved` or `discarded`. */
                state?: string;
                /** @description Only until this moment, written 2026-03-01T12:00:00Z; it does not count. */
                to?: string;
                /** @description Only of events of this type. */
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailurePage"];
                };
            };
        };
    };
    getOperationsFailuresById: {
        parameters: {
            query?: {
                /** @description With `installation` those who run the installation reach what belongs to other companies, and to nobody. */
                scope?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureDetails"];
                };
            };
        };
    };
    putOperationsFailuresByIdData: {
        parameters: {
            query?: {
                /** @description With `installation` those who run the installation reach what belongs to other companies, and to nobody. */
                scope?: string;
            };
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "bottle": "0197b0e4-0000-7000-8000-000000000001",
                 *         "drop": 2
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["FailureData"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureDetails"];
                };
            };
        };
    };
    postOperationsFailuresByIdDiscard: {
        parameters: {
            query?: {
                /** @description With `installation` those who run the installation reach what belongs to other companies, and to nobody. */
                scope?: string;
            };
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "O cliente já foi atendido."
                 *     }
                 */
                "application/json": components["schemas"]["FailureReason"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureDetails"];
                };
            };
        };
    };
    postOperationsFailuresByIdDryRun: {
        parameters: {
            query?: {
                /** @description With `installation` those who run the installation reach what belongs to other companies, and to nobody. */
                scope?: string;
            };
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rehearsal"];
                };
            };
        };
    };
    postOperationsFailuresByIdRetry: {
        parameters: {
            query?: {
                /** @description With `installation` those who run the installation reach what belongs to other companies, and to nobody. */
                scope?: string;
            };
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureDetails"];
                };
            };
        };
    };
    postOperationsFailuresDiscard: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "which": {
                 *         "code": "bottle_broken"
                 *       },
                 *       "reason": "O cliente já foi atendido."
                 *     }
                 */
                "application/json": components["schemas"]["FailureDiscard"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureHandled"];
                };
            };
        };
    };
    getOperationsFailuresGroups: {
        parameters: {
            query?: {
                /** @description Only of this cause, as the groups tell it. */
                cause?: string;
                /** @description Only with this code. */
                code?: string;
                /** @description Only what this consumer of events gave up. */
                consumer?: string;
                /** @description Only from this moment on, written 2026-03-01T12:00:00Z; it counts. */
                from?: string;
                /** @description With `installation` those who run the installation reach what belongs to other companies, and to nobody. */
                scope?: string;
                /** @description Only of this queue, or of this routing key that the broker refused. */
                source?: string;
                /** @description Only those that are `open`, `retried`, `resolved` or `discarded`. */
                state?: string;
                /** @description Only until this moment, written 2026-03-01T12:00:00Z; it does not count. */
                to?: string;
                /** @description Only of events of this type. */
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureGroupPage"];
                };
            };
        };
    };
    postOperationsFailuresRetry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "bottle_broken"
                 *     }
                 */
                "application/json": components["schemas"]["FailureWhich"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureHandled"];
                };
            };
        };
    };
    getOperationsQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationQueueList"];
                };
            };
        };
    };
    deleteOperationsQueuesByName: {
        parameters: {
            query?: {
                /** @description Removes the queue with what lies in it, which is refused otherwise. */
                discard?: boolean;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getOperationsRelay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationRelaying"];
                };
            };
        };
    };
    getOperationsReplays: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayPage"];
                };
            };
        };
    };
    postOperationsReplays: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "consumer": "timeline",
                 *       "types": [
                 *         "contact.*"
                 *       ],
                 *       "rate": 100
                 *     }
                 */
                "application/json": components["schemas"]["NewReplay"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayCounts"];
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
        };
    };
    getOperationsReplaysById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
        };
    };
    postOperationsReplaysByIdCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
        };
    };
    postOperationsReplaysByIdPause: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
        };
    };
    postOperationsReplaysByIdResume: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
        };
    };
    getOperationsSummary: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Books"];
                };
            };
        };
    };
    getPipelines: {
        parameters: {
            query?: {
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PipelinePage"];
                };
            };
        };
    };
    postPipelines: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Vendas 87654321",
                 *       "sessionTimeoutMinutes": 120,
                 *       "isDefault": false,
                 *       "statuses": [
                 *         {
                 *           "name": "Novo",
                 *           "kind": "open",
                 *           "colour": "#1c7ed6"
                 *         },
                 *         {
                 *           "name": "Proposta",
                 *           "kind": "open",
                 *           "colour": "#f59f00"
                 *         },
                 *         {
                 *           "name": "Ganho",
                 *           "kind": "won",
                 *           "colour": "#2f9e44"
                 *         },
                 *         {
                 *           "name": "Perdido",
                 *           "kind": "lost",
                 *           "colour": "#e03131"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewPipeline"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
        };
    };
    getPipelinesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
        };
    };
    patchPipelinesById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Vendas de verão 87654321",
                 *       "sessionTimeoutMinutes": null
                 *     }
                 */
                "application/json": components["schemas"]["PipelineChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
        };
    };
    getPipelinesByIdBoard: {
        parameters: {
            query?: {
                /** @description Only cards of contacts that meet this filter, as JSON. */
                filter?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Board"];
                };
            };
        };
    };
    postPipelinesByIdLossReasons: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Preço 87654321"
                 *     }
                 */
                "application/json": components["schemas"]["NewLossReason"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
        };
    };
    patchPipelinesByIdLossReasonsByReasonId: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
                reasonId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Preço alto 87654321",
                 *       "archived": false
                 *     }
                 */
                "application/json": components["schemas"]["PipelineReasonChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
        };
    };
    postPipelinesByIdStatuses: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Negociação 87654321",
                 *       "kind": "open",
                 *       "colour": "#7048e8"
                 *     }
                 */
                "application/json": components["schemas"]["NewPipelineStatus"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
        };
    };
    patchPipelinesByIdStatusesByStatusId: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
                statusId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Primeiro contato 87654321",
                 *       "colour": "#15aabf",
                 *       "next": null,
                 *       "requiredFields": []
                 *     }
                 */
                "application/json": components["schemas"]["PipelineStatusChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
                };
            };
        };
    };
    getPipelinesByIdStatusesByStatusIdCards: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only cards of contacts that meet this filter, as JSON. */
                filter?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
                statusId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardCardPage"];
                };
            };
        };
    };
    getProjects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectPage"];
                };
            };
        };
    };
    getProjectsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    patchProjectsById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Loja do Centro",
                 *       "timeZone": "America/Recife",
                 *       "country": "BR",
                 *       "sessionTimeoutMinutes": 45
                 *     }
                 */
                "application/json": components["schemas"]["ProjectChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    getReportsFigures: {
        parameters: {
            query?: {
                /** @description Only of this agent. */
                agentId?: string;
                /** @description Only of this channel. */
                channelId?: string;
                /** @description First day, written 2026-03-01; thirty days with the last where it is not said. */
                from?: string;
                /** @description By what the figures are put together: `day`, `hour`, `channel`, `agent`; `day` where it is not said. */
                groupBy?: string;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
                /** @description Last day, written 2026-03-01; today where it is not said. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportFiguresPage"];
                };
            };
        };
    };
    getReportsUsage: {
        parameters: {
            query?: {
                /** @description First month, written 2026-03; eleven months before the last where it is not said. */
                from?: string;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
                /** @description Last month, written 2026-03; this one where it is not said. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportUsagePage"];
                };
            };
        };
    };
    getRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolePage"];
                };
            };
        };
    };
    postRoles: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Financeiro 87654321",
                 *       "permissions": [
                 *         "contact_read",
                 *         "report_read",
                 *         "team_read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewRole"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    getRolesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    deleteRolesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchRolesById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Cobrança 87654321",
                 *       "permissions": [
                 *         "contact_read",
                 *         "contact_write",
                 *         "team_read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RoleChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    getScheduledMessages: {
        parameters: {
            query?: {
                /** @description Only of this chat. */
                chatId?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Only those that are `pending`, `sent`, `cancelled`, `missed` or `failed`. */
                status?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledMessagePage"];
                };
            };
        };
    };
    postScheduledMessages: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sendAt": "2099-03-01T12:00:00Z",
                 *       "cancelIfCustomerWrites": true,
                 *       "message": {
                 *         "chatId": "0197b0e4-0000-7000-8000-000000009358",
                 *         "text": "Sua consulta é amanhã às 9 h."
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["NewScheduledMessage"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledMessage"];
                };
            };
        };
    };
    getScheduledMessagesById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledMessage"];
                };
            };
        };
    };
    patchScheduledMessagesById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sendAt": "2099-03-01T13:00:00Z",
                 *       "text": "Sua consulta é amanhã às 10 h.",
                 *       "cancelIfCustomerWrites": false
                 *     }
                 */
                "application/json": components["schemas"]["ScheduledMessageChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledMessage"];
                };
            };
        };
    };
    postScheduledMessagesByIdCancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledMessage"];
                };
            };
        };
    };
    getSessions: {
        parameters: {
            query?: {
                /** @description Only of this agent. */
                agentId?: string;
                /** @description Whether an agent has it: true for those that somebody has, false for those that nobody has. */
                assigned?: boolean;
                /** @description Only of this channel. */
                channelId?: string;
                /** @description Only of this chat. */
                chatId?: string;
                /** @description Only of this contact, or of one that was merged into it. */
                contactId?: string;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only those that began at this moment, written 2026-03-01T12:00:00Z, or later. */
                from?: string;
                /** @description How many at most. */
                limit?: number;
                /** @description Only of this priority: `low`, `normal`, `high`, `urgent`. */
                priority?: string;
                /** @description Only those that are `open` or `ended`. */
                status?: string;
                /** @description Only of this team. */
                teamId?: string;
                /** @description Only those that began before this moment, written 2026-03-01T12:00:00Z. */
                to?: string;
                /** @description Whether the customer waits for an answer, also in one that ended without. */
                waiting?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
        };
    };
    getSessionsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    patchSessionsById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "outcomes": [
                 *         "venda"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SessionChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    postSessionsByIdAssign: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "agentId": "0197b0e4-0000-7000-8000-000000004305",
                 *       "note": "Já a conhece"
                 *     }
                 */
                "application/json": components["schemas"]["SessionAssignee"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    getSessionsByIdAssignments: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAssignmentPage"];
                };
            };
        };
    };
    postSessionsByIdConvert: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "outcome": "venda",
                 *       "value": {
                 *         "amount": 129900,
                 *         "currency": "BRL"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["SessionConversionInput"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    postSessionsByIdEscalate: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "agentId": "0197b0e4-0000-7000-8000-000000004305",
                 *       "reason": "Pede reembolso"
                 *     }
                 */
                "application/json": components["schemas"]["Escalation"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    postSessionsByIdPriority: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "priority": "urgent",
                 *       "reason": "Pedido atrasado"
                 *     }
                 */
                "application/json": components["schemas"]["SessionUrgency"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    postSessionsByIdReopen: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    postSessionsByIdResolve: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "resolved",
                 *       "outcomes": [
                 *         "venda"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SessionEnding"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    getSessionsByIdSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionSummary"];
                };
            };
        };
    };
    postSessionsByIdTransfer: {
        parameters: {
            query?: never;
            header: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "teamId": "0197b0e4-0000-7000-8000-00000000425d",
                 *       "note": "É uma troca"
                 *     }
                 */
                "application/json": components["schemas"]["SessionAssignee"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setup"];
                };
            };
        };
    };
    postSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "company": "Loja Exemplo",
                 *       "name": "Ana Souza",
                 *       "email": "ana@exemplo.com.br",
                 *       "password": "cavalo bateria grampo",
                 *       "setupCode": "K7QF-2M9D"
                 *     }
                 */
                "application/json": components["schemas"]["SetupRequest"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    getStream: {
        parameters: {
            query?: never;
            header?: {
                "Last-Event-ID"?: number;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    getTeams: {
        parameters: {
            query?: {
                /** @description Shows those that are archived, in place of those that are not. */
                archived?: boolean;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
        };
    };
    postTeams: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Suporte 87654321",
                 *       "hoursId": "0197b0e4-0000-7000-8000-00000000c70f"
                 *     }
                 */
                "application/json": components["schemas"]["NewTeam"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
        };
    };
    getTeamsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
        };
    };
    deleteTeamsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchTeamsById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Suporte da tarde 87654321",
                 *       "hoursId": null
                 *     }
                 */
                "application/json": components["schemas"]["TeamChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
        };
    };
    postTeamsByIdAgents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "agentId": "0197b0e4-0000-7000-8000-000000004305"
                 *     }
                 */
                "application/json": components["schemas"]["TeamJoining"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
        };
    };
    deleteTeamsByIdAgentsByAgentId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
        };
    };
    postTeamsByIdRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
        };
    };
    getTraceById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TraceFound"];
                };
            };
        };
    };
    getTrackingConversionSettings: {
        parameters: {
            query?: {
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionSetting"];
                };
            };
        };
    };
    patchTrackingConversionSettings: {
        parameters: {
            query?: {
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
            };
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true,
                 *       "datasetId": "123456789012345",
                 *       "businessAccountId": "102030405060708",
                 *       "accessToken": "EAAexemplo"
                 *     }
                 */
                "application/json": components["schemas"]["ConversionSettingsChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionSetting"];
                };
            };
        };
    };
    getTrackingConversions: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversionPage"];
                };
            };
        };
    };
    postTrackingConversionsByIdRetry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversion"];
                };
            };
        };
    };
    postTrackingCosts: {
        parameters: {
            query?: {
                /** @description What stands before the parts of an amount: `comma` or `point`. An amount that could be two is refused where nobody says it. */
                decimal?: string;
                /** @description How the file is written: `utf-8` or `windows-1252`. It is found out where nobody says it. */
                encoding?: string;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
                /** @description What stands between cells: `comma`, `semicolon` or `tab`. It is found out where nobody says it. */
                separator?: string;
            };
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportCostResult"];
                };
            };
        };
    };
    getTrackingLinks: {
        parameters: {
            query?: {
                /** @description Shows those that are archived, in place of those that are not. */
                archived?: boolean;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackingLinkPage"];
                };
            };
        };
    };
    postTrackingLinks: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Bio do Instagram 87654321",
                 *       "channelId": "0197b0e4-0000-7000-8000-000000007d03",
                 *       "text": "Olá! Vi vocês no Instagram 😍",
                 *       "utm": {
                 *         "source": "instagram",
                 *         "medium": "social",
                 *         "campaign": "inverno-2026",
                 *         "content": "bio"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TrackingLinkNewLink"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackingLink"];
                };
            };
        };
    };
    getTrackingLinksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackingLink"];
                };
            };
        };
    };
    deleteTrackingLinksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchTrackingLinksById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Bio do Instagram 87654321",
                 *       "text": "Olá! Quero saber mais.",
                 *       "archived": false
                 *     }
                 */
                "application/json": components["schemas"]["TrackingLinkChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackingLink"];
                };
            };
        };
    };
    getTrackingReport: {
        parameters: {
            query?: {
                /** @description What a row is of: `source`, `medium`, `campaign`, `link`, `ad`; `source` where it is not said. */
                by?: string;
                /** @description First day, written 2026-03-01; thirty days with the last where it is not said. */
                from?: string;
                /** @description Which way of a contact is credited: `first`, `last`; `last` where it is not said. */
                model?: string;
                /** @description The project; a company with only one may leave it out. */
                projectId?: string;
                /** @description Last day, written 2026-03-01; today where it is not said. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttributionReportRowPage"];
                };
            };
        };
    };
    getWebhooks: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
        };
    };
    postWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body gets the same answer for 24 hours, and happens once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://erp.exemplo.invalid/ventros",
                 *       "eventTypes": [
                 *         "contact.created"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookCreatedOnce"];
                };
            };
        };
    };
    getWebhooksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    deleteWebhooksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchWebhooksById: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The version that was read, as its `ETag`.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://erp.exemplo.invalid/crm",
                 *       "eventTypes": [
                 *         "contact.created",
                 *         "message.received"
                 *       ],
                 *       "active": true
                 *     }
                 */
                "application/json": components["schemas"]["WebhookChange"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /**
                     * @description The version of what is shown, for `If-Match`.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
}
