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

TEST_P(AuditChain, NamesTheOneLineOfManyAndTheColumnThatWasChanged) {
    const auto bo = somebody("Bo Lee");
    change([&](UnitOfWork& work) { // as a file of attendance is recorded: one audit row for all
        for (int i = 1; i <= 40; ++i)
            work.entries.add({.person = bo,
                              .kind = EntryKind::attendance,
                              .first_day = 2026y / 2 / 1,
                              .last_day = 2026y / 2 / 1,
                              .amount = 90,
                              .code = "session " + std::to_string(i)});
    });
    ASSERT_TRUE(verdict().intact()) << verdict().problem;
    const auto said = [&](const std::string& tampering) {
        tamper(tampering);
        const auto found = verdict();
        EXPECT_EQ(found.broken_at, 8) << tampering;
        return found.problem;
    };
    EXPECT_THAT(said("update entry set amount = 480 where id = 17"),
                HasSubstr("entry 17 was changed past the program, in its amount"));
    EXPECT_THAT(said("update entry set amount = 90, typed_by = 'tesu' where id = 17"),
                HasSubstr("entry 17 was changed past the program, in its typed_by"));
    EXPECT_THAT(said("update entry set typed_by = 'test', first_day = '2025-12-30' where id = 17"),
                HasSubstr("entry 17 was changed past the program, in its first_day"));
    EXPECT_THAT(said("update entry set first_day = '2026-02-01', code = 'all of it' where id = 17"),
                ::testing::AllOf(HasSubstr("entry 17 was changed past the program"), Not(HasSubstr("in its"))))
        << "what was there cannot be guessed";
    EXPECT_THAT(said("update entry set code = 'session 40' where id = 41"),
                ::testing::AllOf(HasSubstr("entry 17 was changed"), Not(HasSubstr("entry 41"))));
    tamper("update entry set code = 'session 16' where id = 17");
    ASSERT_TRUE(verdict().intact()) << verdict().problem;
    EXPECT_THAT(said("update entry set amount = 91 where id in (5, 9)"),
                ::testing::AllOf(HasSubstr("entry 5 was"), HasSubstr("entry 9 was")));
    EXPECT_THAT(said("update entry set amount = 92 where id > 1"),
                ::testing::AllOf(HasSubstr("entry 2 was"), HasSubstr("and 35 more")));
    tamper("update entry set amount = 90 where id > 1");
    EXPECT_THAT(said("update entry set mark = mark + 1 where id = 9"), HasSubstr("the mark that entry 9 carries"));
    EXPECT_THAT(said("delete from entry where id = 9"),
                ::testing::AllOf(HasSubstr("entry 9 is not there any more"), HasSubstr("40 then, 39 now")));
}

TEST_P(AuditChain, WhatAnOlderProgramRecordedIsNamedAsFarAsCanBe) {
    const auto bo = somebody("Bo Lee");
    const auto record = [&](int lines) {
        change([&](UnitOfWork& work) {
            for (int i = 0; i < lines; ++i)
                work.entries.add({.person = bo,
                                  .kind = EntryKind::practice,
                                  .first_day = 2026y / 2 / 1,
                                  .last_day = 2026y / 2 / 1,
                                  .amount = 90});
        });
    };
    record(3);                           // entries 2 to 4
    record(30);                          // 5 to 34
    tamper("update entry set mark = 0"); // recorded before lines carried a mark
    ASSERT_TRUE(verdict().intact()) << verdict().problem;
    tamper("update entry set amount = 480 where id = 3");
    EXPECT_THAT(verdict().problem, HasSubstr("entry 3 was changed past the program, in its amount"));
    tamper("update entry set typed_by = 'somebody else' where id = 3");
    EXPECT_THAT(verdict().problem, HasSubstr("one of these was changed past the program: entry 2, entry 3, entry 4"));
    tamper("update entry set amount = 90, typed_by = 'test' where id = 3");
    tamper("update entry set amount = 480 where id = 9");
    EXPECT_THAT(verdict().problem, HasSubstr("one of the 30 rows it vouches for was changed"));
}

TEST_P(AuditChain, NamesATermOrCredentialOrWhatWasAdded) {
    tamper("update term set last_day = '2030-01-01'");
    EXPECT_THAT(verdict().problem, HasSubstr("term (credential 1, n 1) was changed past the program, in its last_day"));
    tamper("update term set last_day = null");
    tamper("update credential set number = '0000-0000-000'");
    EXPECT_THAT(verdict().problem, HasSubstr("one of these was changed past the program: credential 1, term"));
}

TEST_P(AuditChain, NamesWhatWasAddedToWhatARowVouchesFor) {
    tamper("insert into credential_event (credential, n, kind, effective_day, recorded_at, actor, condition, audit) "
           "values (1, 2, 'reinstate', '2026-02-02', '2026-02-02T00:00:00Z', 'x', '', 5)");
    EXPECT_EQ(verdict().broken_at, 5);
    EXPECT_THAT(verdict().problem, HasSubstr("added past the program"));
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
