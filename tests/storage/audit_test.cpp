#include "storage/suite.hpp"

namespace peercert::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AuditChain : public BothDatabases {
protected:
    /// Rows 2..6 of the chain: person, edition, entry, credential with term, event.
    void SetUp() override {
        BothDatabases::SetUp();
        if (IsSkipped())
            return;
        const auto ana = somebody("Ana Secretname");
        change([](UnitOfWork& work) {
            work.editions.freeze({domain::EditionKind::track, "wi-cps", "2024", "d1", "text"});
        });
        store().write(by, [&](UnitOfWork& work) {
            const auto id = work.entries.add({.person = ana,
                                              .kind = EntryKind::practice,
                                              .first_day = 2026y / 2 / 1,
                                              .last_day = 2026y / 2 / 1,
                                              .amount = 60,
                                              .code = "group"});
            work.audit.append(
                {.action = "entry.added", .object = "entry " + std::to_string(id.value()), .after = "60"});
        });
        const auto credential = change([&](UnitOfWork& work) {
            const auto made = work.credentials.add(ana, "wi-cps", OrganizationId{});
            work.credentials.add_term(made.id,
                                      {.n = 1, .first_day = 2024y / 1 / 1, .title = "T", .name_as_issued = "Ana"});
            return made.id;
        });
        change([&](UnitOfWork& work) {
            work.credentials.add_event(credential,
                                       {.kind = domain::CredentialEventKind::suspend, .effective_day = 2026y / 2 / 1});
        });
    }
    AuditVerdict verdict() {
        return look([](UnitOfWork& work) { return work.audit.verify(); });
    }
    void tamper(const std::string& statement) { database().place().tamper(statement); }
};
PEERCERT_BOTH_DATABASES(AuditChain);

TEST_P(AuditChain, HoldsTogetherWhenNobodyTouchedIt) {
    const auto found = verdict();
    EXPECT_TRUE(found.intact()) << found.problem;
    EXPECT_EQ(found.rows, 6);
    look([](UnitOfWork& work) {
        const auto rows = work.audit.list(3, 10);
        ASSERT_EQ(rows.size(), 3U);
        EXPECT_EQ(rows[0].action, "entry.added");
        EXPECT_EQ(rows[0].actor, "test");
        EXPECT_EQ(rows[0].at, morning());
        EXPECT_EQ(rows[1].previous_hash, rows[0].hash);
        EXPECT_EQ(work.audit.newest()->seq, 6);
    });
}

TEST_P(AuditChain, HoldsDigestsAndNoPersonalText) {
    const auto all = database().place().ask(GetParam() == Backend::sqlite
                                                ? "select group_concat(actor || action || object || before_digest || "
                                                  "after_digest || rows_digest) from audit"
                                                : "select string_agg(actor || action || object || before_digest || "
                                                  "after_digest || rows_digest, ',') from audit");
    EXPECT_THAT(all, Not(HasSubstr("Secretname")));
}

TEST_P(AuditChain, NamesAChangedRowOfItsOwn) {
    tamper("update audit set actor = 'tess' where seq = 3");
    EXPECT_EQ(verdict().broken_at, 3);
    EXPECT_THAT(verdict().problem, HasSubstr("audit row 3 was changed"));
}

TEST_P(AuditChain, NamesAMissingRow) {
    tamper("delete from audit where seq = 2");
    EXPECT_EQ(verdict().broken_at, 2);
    EXPECT_THAT(verdict().problem, HasSubstr("audit row 2 is missing"));
}

TEST_P(AuditChain, NamesARewrittenRowByTheNextOne) {
    // Somebody who knows how the hash is made rewrites one row: then the next one does not fit any more.
    tamper("update audit set previous_hash = hash where seq = 5");
    EXPECT_EQ(verdict().broken_at, 5);
}

TEST_P(AuditChain, NamesTheRowBehindAChangedLedgerLine) {
    tamper("update entry set amount = 61");
    EXPECT_EQ(verdict().broken_at, 4);
    EXPECT_THAT(verdict().problem, HasSubstr("entry 1"));
}

TEST_P(AuditChain, SeesAChangeInEveryTableItVouchesFor) {
    for (const char* statement :
         {"update entry set code = 'grouq'", "update entry set withdrawn = 0, typed_by = 'tesu'"}) {
        tamper(statement);
        EXPECT_EQ(verdict().broken_at, 4) << statement;
    }
    tamper("update entry set code = 'group', typed_by = 'test'");
    EXPECT_TRUE(verdict().intact()) << "put back as it was";
    tamper("update edition set body = 'tex'");
    EXPECT_EQ(verdict().broken_at, 3);
    tamper("update edition set body = 'text'");
    tamper("update credential set number = '0000-0000-000'");
    EXPECT_EQ(verdict().broken_at, 5);
}

TEST_P(AuditChain, SeesATermThatBecameLonger) {
    tamper("update term set last_day = '2030-01-01'");
    EXPECT_EQ(verdict().broken_at, 5);
}

TEST_P(AuditChain, SeesAnEventThatWasRemoved) {
    tamper("delete from credential_event");
    EXPECT_EQ(verdict().broken_at, 6);
}

TEST_P(AuditChain, SeesALineThatWasSlippedIn) {
    tamper("insert into credential_event (credential, n, kind, effective_day, recorded_at, actor, condition, audit) "
           "values (1, 2, "
           "'reinstate', '2026-02-02', '2026-02-02T00:00:00Z', 'x', '', 7)");
    EXPECT_EQ(verdict().broken_at, 7);
    EXPECT_THAT(verdict().problem, HasSubstr("credential_event"));
}

TEST_P(AuditChain, AChangeWithoutItsRowIsNotStored) {
    const auto before = look([](UnitOfWork& work) { return work.people.count(); });
    EXPECT_EQ(refusal([&] { store().write(by, [](UnitOfWork& work) { work.people.add({.name_used = "Bo Lee"}); }); }),
              ErrorCode::internal);
    EXPECT_EQ(refusal([&] {
                  store().write(by, [](UnitOfWork& work) {
                      work.audit.append({.action = "too.early", .object = "x"});
                      work.people.add({.name_used = "Bo Lee"});
                  });
              }),
              ErrorCode::internal);
    EXPECT_EQ(look([](UnitOfWork& work) { return work.people.count(); }), before);
    EXPECT_TRUE(verdict().intact());
}

TEST_P(AuditChain, TellsHowFarItIs) {
    std::int64_t last = -1;
    look([&](UnitOfWork& work) { return work.audit.verify([&](std::int64_t rows) { last = rows; }); });
    EXPECT_EQ(last, -1) << "a short chain is not worth a word";
}

} // namespace
} // namespace peercert::storage
