package com.ventros.crm.conversations;

import java.util.List;

/** Says in short what a session was about. Rules do it now; an AI will, where a company wants one. */
interface Summariser {

    /** {@code said} is what was said, in its order, without what was deleted. */
    SessionSummary summarise(SessionView.Shown session, List<SessionSummary.Line> said);
}
