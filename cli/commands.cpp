#include "cli/commands.hpp"

namespace peercert::cli {
namespace {

constexpr Topic all_topics[] = {
    {"verify", "Verify", "Say whether a credential is valid, on a day", verify_commands},
    {"serve", "Verify", "Answer verifications over HTTP", serve_commands},

    {"person", "Keep the record", "People, their names and contacts", person_commands},
    {"packet", "Keep the record", "Read what somebody brings along; take it in", packet_commands},
    {"organization", "Keep the record", "Centres, employers, certifying bodies; who does what there",
     organization_commands},
    {"cohort", "Keep the record", "A curriculum being run: sessions, leaders, places, attendance", cohort_commands},
    {"bundle", "Keep the record", "A cohort as a file: attendance where there is no network", bundle_commands},
    {"place", "Keep the record", "Places in a cohort: ask, score, offer in a stated order, answer everybody",
     place_commands},
    {"record", "Keep the record", "A person's ledger: hours, courses, exams, statements, documents", record_commands},
    {"hours", "Keep the record", "Hours worked: written down, confirmed by a supervisor through a link",
     hours_commands},
    {"signoff", "Keep the record", "Competencies that an entitled person has seen", signoff_commands},
    {"competency", "Keep the record", "Frameworks and their scales; how far somebody is", competency_commands},
    {"ce", "Keep the record", "Continuing education: rosters, own lines, approvals, balance", ce_commands},
    {"import", "Keep the record", "People, attendance and history from spreadsheets", import_commands},

    {"assess", "Certify", "Whether a person may become or renew something, and why", assess_commands},
    {"plan", "Certify", "The shortest way there, from what is offered", plan_commands},
    {"whatif", "Certify", "What something else on record, or another state, would change", what_if_commands},
    {"status", "Certify", "How somebody stands on a day, and the days ahead", status_commands},
    {"replay", "Certify", "A past decision, judged again as it was then", replay_commands},
    {"application", "Certify", "Ask for a credential; decide, issue, renew", application_commands},
    {"credential", "Certify", "What people hold; award, suspend, revoke, reinstate", credential_commands},
    {"report", "Certify", "Counts for a county or centre", report_commands},

    {"curriculum", "Rules as data", "Read, check and test the tracks and curricula", curriculum_commands},

    {"init", "Run it", "Make a new database", init_commands},
    {"doctor", "Run it", "Show the settings in force and whether all is well", doctor_commands},
    {"backup", "Run it", "Save the whole database into one file", backup_commands},
    {"restore", "Run it", "Put a backup into a new database", restore_commands},
    {"export", "Run it", "Take the whole record out, in open formats", export_commands},
    {"db", "Run it", "Bring the database up to date", db_commands},
    {"audit", "Run it", "Who changed what, and proof that nothing was altered", audit_commands},
    {"issuance", "Run it", "Stop and resume handing out credential numbers", issuance_commands},
    {"clock", "Run it", "What time it is; move a demo's clock", clock_commands},
    {"plugin", "Run it", "See, try and trust the plugins of this installation", plugin_commands},

    {"completion", "Help and the shell", "Completion of commands for bash, zsh and fish", completion_commands},
    {"man", "Help and the shell", "The whole manual", man_commands},
    {"version", "Help and the shell", "Which peercert this is", version_commands},
};

} // namespace

std::span<const Topic> topics() { return all_topics; }

} // namespace peercert::cli
