# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The statements that write a made-up archive, in their order.

``letter``, ``addressee`` and ``line`` are plans in temporary tables, from which the
rows of the models follow. Choices are made by ``pick(letter, for what, of how many)``.
"""

FUNCTIONS = """
CREATE FUNCTION pg_temp.pick(letter bigint, salt int, choices int) RETURNS int
LANGUAGE sql IMMUTABLE AS $$
    SELECT ((hashint8extended(letter, %(seed)s + salt) & 2147483647) %% choices)::int
$$;
CREATE FUNCTION pg_temp.one_of(list text[], letter bigint, salt int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT list[1 + pg_temp.pick(letter, salt, cardinality(list))]
$$;
"""

#: ``step`` is how far the letter has come inside the office: 5 is done
LETTERS = """
CREATE TEMP TABLE letter AS
WITH clock AS (
    SELECT date_trunc('minute', now() AT TIME ZONE 'UTC') AS till,
           make_timestamp(%(first_year)s - 543, 1, 1, 0, 0, 0)
           - interval '7 hours' AS since
), marked AS (
    SELECT i, i = ANY(%(rare_places)s) AS rare, i = ANY(%(medium_places)s) AS medium,
           i = ANY(%(filed_places)s) AS filed,
           i > %(count)s - %(backlog)s AS recent,
           pg_temp.pick(i, 1, 1000) AS chance
      FROM generate_series(1, %(count)s) AS i
)
SELECT i, i + (SELECT coalesce(max(id), 0) FROM amss_document) AS id,
       rare, medium, filed, recent,
       CASE WHEN rare OR medium OR filed THEN 'outside'
            WHEN chance < 450 THEN 'outside'
            WHEN chance < 650 THEN 'school'
            WHEN chance < 890 THEN 'paper'
            WHEN chance < 900 THEN 'mail'
            WHEN chance < 994 THEN 'system'
            WHEN chance < 995 THEN 'circular'
            WHEN recent THEN 'draft' ELSE 'paper' END AS sort,
       since + (till - since) * (i::float / %(count)s) AS at, till,
       pg_temp.pick(i, 2, cardinality(%(schools)s)) + 1 AS school,
       CASE WHEN rare OR filed OR medium AND i %% 2 = 0 THEN 1
            ELSE pg_temp.pick(i, 3, 10) + 1 END AS grp,
       pg_temp.pick(i, 4, 6) + 1 AS person,
       CASE WHEN recent AND NOT (rare OR medium OR filed)
            THEN pg_temp.pick(i, 5, 6) ELSE 5 END AS step
  FROM marked, clock;
CREATE UNIQUE INDEX ON letter (i);
ANALYZE letter;
"""

#: letters of schools to the office; of the office to some schools or all; mail to
#: three people of the group
ADDRESSEES = """
CREATE TEMP TABLE addressee AS
WITH pairs AS (
    SELECT i, id, at, till, recent, %(office)s AS agency, school AS place,
           (%(schools)s)[school] AS sender, NULL::int AS user_id,
           NULL::int AS sender_user
      FROM letter WHERE sort = 'school'
     UNION ALL
    SELECT i, id, at, till, recent, (%(schools)s)[place], place, %(office)s,
           NULL, NULL
      FROM letter
     CROSS JOIN generate_series(1, cardinality(%(schools)s)) AS place
     WHERE sort = 'circular'
     UNION ALL
    SELECT i, id, at, till, recent, (%(schools)s)[place], place, %(office)s,
           NULL, NULL
      FROM letter
     CROSS JOIN LATERAL (
        SELECT DISTINCT 1 + pg_temp.pick(i, 10 + nth, cardinality(%(schools)s))
          FROM generate_series(1, 1 + pg_temp.pick(i, 6, 3)) AS nth) AS chosen(place)
     WHERE sort = 'system'
     UNION ALL
    SELECT i, id, at, till, recent, %(office)s, place, %(office)s,
           (%(people)s)[(grp - 1) * 6 + 1 + (person - 1 + place) %% 6],
           (%(people)s)[(grp - 1) * 6 + person]
      FROM letter CROSS JOIN generate_series(1, 3) AS place WHERE sort = 'mail'
), numbered AS (
    SELECT *, row_number() OVER (ORDER BY i, agency, user_id)
           + (SELECT coalesce(max(id), 0) FROM amss_recipient) AS recipient,
           pg_temp.pick(i * 1000 + place, 7, 1000) AS chance
      FROM pairs
)
SELECT i, id, recipient, agency, sender, user_id, sender_user, place, till,
       at AS sent_at, recent,
       least(at + interval '1 minute' * (5 + chance), till) AS done_at,
       CASE WHEN recent AND chance < 200 THEN 'sent'
            WHEN recent AND chance < 300 OR user_id IS NOT NULL THEN 'opened'
            WHEN chance > 996 THEN 'returned'
            ELSE 'accepted' END AS state
  FROM numbered;
CREATE INDEX ON addressee (id);
ANALYZE addressee;
"""

#: what stands in the books: each letter with its own agency, each accepted one
LINES = """
CREATE TEMP TABLE line AS
WITH written AS (
    SELECT i, id, NULL::bigint AS recipient, at,
           CASE WHEN sort = 'school' THEN (%(schools)s)[school]
                ELSE %(office)s END AS agency,
           CASE WHEN sort = 'outside' THEN 'received' ELSE 'sent' END AS kind,
           sort = 'circular' AS is_circular
      FROM letter WHERE sort NOT IN ('draft', 'mail')
     UNION ALL
    SELECT i, id, recipient, done_at, agency, 'received', false
      FROM addressee WHERE state = 'accepted'
), dated AS (
    SELECT *, extract(year FROM at + interval '7 hours')::int + 543 AS year FROM written
)
SELECT dated.*, book.id AS register, year.id AS year_id,
       row_number() OVER (PARTITION BY book.id, dated.year ORDER BY at, i) AS number,
       row_number() OVER (ORDER BY at, i, recipient)
       + (SELECT coalesce(max(id), 0) FROM amss_register_entry) AS entry
  FROM dated
  JOIN amss_register book ON book.agency_id = dated.agency AND book.kind = dated.kind
   AND book.active AND NOT book.secret AND book.department_id IS NULL
  JOIN amss_register_year year
    ON year.register_id = book.id AND year.year = dated.year;
CREATE INDEX ON line (id);
CREATE INDEX ON line (recipient);
ANALYZE line;
"""

DOCUMENTS = """
INSERT INTO amss_document
    (id, origin, state, agency_id, company_id, doc_type, is_circular, letter_number,
     letter_date, subject, summary, urgency, secrecy, sender_id, sender_text,
     addressee_text, department_id, user_id, entry_id, reply_to_id, channel, sent_at,
     sent_by_id, create_uid, create_date, write_uid, write_date)
SELECT l.id, CASE WHEN outside THEN 'outside' ELSE 'written' END,
       CASE sort WHEN 'draft' THEN 'draft' ELSE 'registered' END,
       coalesce(line.agency, %(office)s), %(company)s,
       CASE WHEN sort = 'mail' THEN 'mail' WHEN chance < 80 THEN 'external'
            WHEN chance < 90 THEN 'internal'
            WHEN chance < 95 THEN 'stamped' ELSE 'order' END,
       sort = 'circular',
       CASE WHEN outside THEN format('ศธ 0%%s/%%s', 4000 + pg_temp.pick(l.i, 21, 40),
                                     1 + pg_temp.pick(l.i, 22, 9000))
            WHEN line.number > 0 THEN format('%%s/%%s%%s', agency.letter_prefix,
                 CASE sort WHEN 'circular' THEN 'ว' END, line.number) END,
       (l.at + interval '7 hours')::date,
       concat_ws(' ',
            pg_temp.one_of(%(acts)s, l.i, 23) || pg_temp.one_of(%(topics)s, l.i, 24),
            pg_temp.one_of(%(details)s, l.i, 25), extract(year FROM l.at)::int + 543,
            CASE WHEN rare THEN %(rare_word)s END,
            CASE WHEN medium THEN %(medium_word)s END),
       CASE WHEN chance < 30 THEN pg_temp.one_of(%(sentences)s, l.i, 26) END,
       CASE WHEN chance < 85 THEN 'normal' WHEN chance < 95 THEN 'urgent'
            ELSE 'most_urgent' END, 'normal',
       CASE WHEN outside THEN NULL WHEN sort = 'school' THEN line.agency END,
       CASE sort WHEN 'outside' THEN pg_temp.one_of(%(senders)s, l.i, 27)
                 WHEN 'mail' THEN own.name ELSE agency.name END,
       CASE WHEN sort IN ('outside', 'school') THEN 'ผู้อำนวยการ' || home.name
            WHEN sort = 'paper' THEN pg_temp.one_of(%(senders)s, l.i, 28)
            WHEN sort = 'mail' THEN 'ทุกคนในกลุ่ม'
            ELSE 'ผู้อำนวยการโรงเรียนในสังกัด' END,
       CASE WHEN sort <> 'school' THEN (%(groups)s)[grp] END,
       CASE WHEN outside THEN worker.user_id WHEN sort <> 'school' THEN staff END,
       line.entry,
       CASE WHEN sort = 'paper' AND chance < 20 THEN asked.id END,
       CASE WHEN outside THEN 'post' END,
       CASE WHEN sort IN ('school', 'system', 'circular', 'mail') THEN l.at END,
       CASE WHEN sort IN ('system', 'circular') THEN %(central)s
            WHEN sort = 'school' THEN writer WHEN sort = 'mail' THEN staff END,
       author, l.at, author, l.at
  FROM (SELECT *, sort = 'outside' AS outside, pg_temp.pick(i, 20, 100) AS chance,
               (%(people)s)[(grp - 1) * 6 + person] AS staff,
               (%(writers)s)[school] AS writer,
               CASE sort WHEN 'outside' THEN %(central)s
                         WHEN 'school' THEN (%(writers)s)[school]
                         ELSE (%(people)s)[(grp - 1) * 6 + person] END AS author
          FROM letter) AS l
  LEFT JOIN line ON line.id = l.id AND line.recipient IS NULL
  LEFT JOIN LATERAL (SELECT staff AS user_id WHERE step IN (2, 3, 5)) AS worker ON TRUE
  LEFT JOIN (SELECT i AS place, id FROM letter WHERE sort = 'outside') AS asked
    ON asked.place = l.i - 1 - pg_temp.pick(l.i, 29, 50)
  JOIN res_users colleague ON colleague.id = staff
  JOIN res_partner own ON own.id = colleague.partner_id
  JOIN res_partner home ON home.id = %(office)s
  JOIN res_partner agency ON agency.id = coalesce(line.agency, %(office)s)
 ORDER BY l.i;
"""

RECIPIENTS = """
INSERT INTO amss_recipient
    (id, document_id, agency_id, sender_agency_id, user_id, sent_by_id, state, sent_at,
     opened_at,
     opened_by_id, accepted_at, accepted_by_id, entry_id, returned_at, returned_by_id,
     return_kind, return_reason, return_accepted_at, return_accepted_by_id,
     notice_state, create_uid, create_date, write_uid, write_date)
SELECT a.recipient, a.id, a.agency, a.sender, a.user_id, a.sender_user, a.state,
       a.sent_at,
       CASE WHEN a.state <> 'sent' THEN a.done_at END,
       CASE WHEN a.state <> 'sent' THEN clerk END,
       CASE WHEN a.state = 'accepted' THEN a.done_at END,
       CASE WHEN a.state = 'accepted' THEN clerk END, line.entry,
       CASE WHEN a.state = 'returned' THEN a.done_at END,
       CASE WHEN a.state = 'returned' THEN clerk END,
       CASE WHEN a.state = 'returned' THEN 'wrong_addressee' END,
       CASE WHEN a.state = 'returned' THEN 'ไม่ใช่เรื่องของโรงเรียน' END,
       CASE WHEN a.state = 'returned' AND NOT recent THEN a.done_at END,
       CASE WHEN a.state = 'returned' AND NOT recent THEN %(central)s END,
       CASE WHEN a.user_id IS NULL THEN 'done' ELSE 'none' END,
       clerk, a.sent_at, clerk, a.done_at
  FROM (SELECT *, CASE WHEN user_id IS NOT NULL THEN user_id
                       WHEN agency = %(office)s THEN %(central)s
                       ELSE (%(writers)s)[place] END AS clerk
          FROM addressee) AS a
  LEFT JOIN line ON line.recipient = a.recipient
 ORDER BY a.recipient;
"""

ENTRIES = """
INSERT INTO amss_register_entry
    (id, register_id, kind, agency_id, year_id, year, series, is_circular, number,
     registered_at, state, document_id, recipient_id, letter_number, department_id,
     user_id, writer_id, person_name, action_note, create_uid, create_date, write_uid,
     write_date)
SELECT line.entry, line.register, line.kind, line.agency, line.year_id, line.year,
       'main', line.is_circular, line.number, line.at, 'registered', line.id,
       line.recipient, d.letter_number,
       CASE WHEN inside THEN (%(groups)s)[l.grp] END,
       CASE WHEN named THEN people.id END,
       CASE WHEN line.recipient IS NULL THEN d.create_uid END,
       CASE WHEN named THEN partner.name END,
       CASE WHEN inside AND line.kind = 'received' AND l.step = 5
            THEN pg_temp.one_of(%(reports)s, l.i, 30) END,
       d.create_uid, line.at, d.create_uid, line.at
  FROM (SELECT *, agency = %(office)s AS inside FROM line) AS line
  JOIN letter l ON l.id = line.id
  JOIN amss_document d ON d.id = line.id
  JOIN res_users people ON people.id = (%(people)s)[(l.grp - 1) * 6 + l.person]
  JOIN res_partner partner ON partner.id = people.partner_id
 CROSS JOIN LATERAL (
    SELECT inside AND (line.kind = 'sent' OR l.step IN (2, 3, 5)) AS named) AS who
 ORDER BY line.entry;
"""

#: central registry → group → person; step 0 is new with the group, 1 in work there, 2
#: new with the person, 3 in work, 4 sent back by the person, 5 done
ASSIGNMENTS = """
INSERT INTO amss_assignment
    (id, document_id, agency_id, recipient_id, entry_id, parent_id,
     parent_department_id, parent_user_id, kind, is_owner, department_id, group_id,
     user_id, instruction, date_deadline, assigned_by_id, assigned_at, state, opened_at,
     accepted_at, accepted_by_id, report, done_at, done_by_id, return_kind,
     return_reason, returned_at, returned_by_id, create_uid, create_date, write_uid,
     write_date)
SELECT line.i * 3 + part.nth, line.id, line.agency, line.recipient, line.entry,
       CASE part.nth WHEN 1 THEN line.i * 3 END,
       CASE part.nth WHEN 1 THEN (%(groups)s)[l.grp] END, NULL,
       CASE part.nth WHEN 2 THEN 'info' ELSE 'task' END, part.nth < 2,
       CASE WHEN part.nth <> 1 THEN place END, place,
       CASE part.nth WHEN 1 THEN staff END,
       pg_temp.one_of(%(instructions)s, l.i, 32),
       CASE WHEN l.i %% 4 = 0 THEN (line.at + interval '7 days')::date END,
       giver, line.at, s.state,
       CASE WHEN s.state <> 'new' THEN line.at END,
       CASE WHEN s.state IN ('accepted', 'done') THEN line.at END,
       CASE WHEN s.state IN ('accepted', 'done') THEN taker END,
       CASE WHEN s.state = 'done' AND part.nth < 2
            THEN pg_temp.one_of(%(reports)s, l.i, 30) END,
       CASE WHEN s.state = 'done' THEN least(line.at + interval '3 days', l.till) END,
       CASE WHEN s.state = 'done' THEN taker END,
       CASE WHEN s.state = 'returned' THEN 'wrong_addressee' END,
       CASE WHEN s.state = 'returned' THEN 'ไม่ใช่งานในหน้าที่' END,
       CASE WHEN s.state = 'returned' THEN line.at END,
       CASE WHEN s.state = 'returned' THEN taker END, giver, line.at, taker, line.at
  FROM line
  JOIN letter l ON l.id = line.id
 CROSS JOIN generate_series(0, 2) AS part(nth)
 CROSS JOIN LATERAL (
    SELECT (%(groups)s)[CASE part.nth WHEN 2
               THEN 1 + (l.grp + pg_temp.pick(l.i, 31, 9)) %% 10
               ELSE l.grp END] AS place) AS places
 CROSS JOIN LATERAL (
    SELECT (%(people)s)[(l.grp - 1) * 6 + l.person] AS staff,
           (%(people)s)[(l.grp - 1) * 6 + 1] AS registrar) AS people
 CROSS JOIN LATERAL (
    SELECT CASE part.nth WHEN 1 THEN registrar ELSE %(central)s END AS giver,
           CASE part.nth WHEN 1 THEN staff ELSE registrar END AS taker) AS hands
 CROSS JOIN LATERAL (
    SELECT CASE WHEN l.step = 5 THEN 'done'
                WHEN part.nth <> 1 AND l.step = 0 THEN 'new'
                WHEN part.nth = 2 THEN 'done'
                WHEN part.nth = 0 THEN 'accepted'
                WHEN l.step = 2 THEN 'new' WHEN l.step = 3 THEN 'accepted'
                ELSE 'returned' END AS state) AS s
 WHERE line.agency = %(office)s AND line.kind = 'received'
   AND (part.nth <> 1 OR l.step >= 2)
   AND (part.nth <> 2 OR pg_temp.pick(l.i, 33, 10) = 0)
 ORDER BY line.i, part.nth;
"""

ACTIVITIES = """
INSERT INTO mail_activity
    (res_model_id, res_model, res_id, activity_type_id, user_id, date_deadline, active,
     create_uid, create_date, write_uid, write_date)
SELECT %(activity_model)s, 'amss.assignment', id, %(activity_type)s, user_id,
       coalesce(date_deadline, assigned_at::date), true,
       assigned_by_id, assigned_at, assigned_by_id, assigned_at
  FROM amss_assignment
 WHERE user_id IS NOT NULL AND state IN ('new', 'accepted')
 ORDER BY id;
"""

EVENTS = """
INSERT INTO amss_document_event
    (document_id, agency_id, counterpart_id, shared, kind, at, user_id)
SELECT * FROM (
    SELECT line.id, line.agency, NULL::int, false, 'registered' AS kind, line.at,
           d.create_uid
      FROM line JOIN amss_document d ON d.id = line.id WHERE line.recipient IS NULL
     UNION ALL
    SELECT id, agency_id, NULL, false, 'sent', sent_at, create_uid
      FROM amss_document WHERE sent_at IS NOT NULL
     UNION ALL
    SELECT document_id, agency_id, agency_id, true, state,
           coalesce(accepted_at, returned_at), write_uid
      FROM amss_recipient WHERE state IN ('accepted', 'returned')
     UNION ALL
    SELECT document_id, agency_id, NULL, false, 'assigned', assigned_at, assigned_by_id
      FROM amss_assignment WHERE parent_id IS NULL
     UNION ALL
    SELECT document_id, agency_id, NULL, false, 'done', done_at, done_by_id
      FROM amss_assignment WHERE state = 'done' AND parent_id IS NOT NULL
) AS events ORDER BY 1, at, kind;
"""

#: the text of files as the indexation leaves it; the files themselves are not read
FILES = """
INSERT INTO ir_attachment
    (name, type, res_model, res_id, mimetype, public, letter_file, letter_sha256,
     file_size, index_content, create_uid, create_date, write_uid, write_date)
SELECT 'หนังสือ.pdf', 'binary', 'amss.document', d.id, 'application/pdf', false, true,
       encode(sha256(content::bytea), 'hex'), length(content), content,
       d.create_uid, d.create_date, d.create_uid, d.create_date
  FROM letter l
  JOIN amss_document d ON d.id = l.id
 CROSS JOIN LATERAL (
    SELECT concat_ws(E'\\n', d.subject, (
                SELECT string_agg(pg_temp.one_of(%(sentences)s, l.i, 40 + n), E'\\n')
                  FROM generate_series(1, 5) AS n),
           CASE WHEN l.filed THEN %(filed_word)s END)) AS texts(content)
 WHERE l.filed OR pg_temp.pick(l.i, 50, 5) = 0
 ORDER BY l.i;
"""

STATEMENTS = {
    "plan": FUNCTIONS + LETTERS + ADDRESSEES + LINES,
    "letters": DOCUMENTS,
    "addressees": RECIPIENTS,
    "lines": ENTRIES,
    "assignments": ASSIGNMENTS + ACTIVITIES,
    "history": EVENTS,
    "files": FILES,
}
