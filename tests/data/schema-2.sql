PRAGMA application_id = 1869439341;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('created_at','1795424400');
INSERT INTO meta VALUES('demo','1');
INSERT INTO meta VALUES('last_instant','1796101860');
INSERT INTO meta VALUES('weekly_since','never 2026-11-23T23:30:00Z');
CREATE TABLE journal (
  seq       INTEGER PRIMARY KEY CHECK (seq > 0),
  at        INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind <> ''),
  client    TEXT NOT NULL,
  subject   TEXT NOT NULL,
  detail    TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash      TEXT NOT NULL
) STRICT;
INSERT INTO journal VALUES(1,1795424400,'init','created','','','{"schema":1,"demo":true}','0000000000000000000000000000000000000000000000000000000000000000','f191df2a16a569dd96cdeab366ba5a4995d9bf9e1c787be1e5f64065507c2c66');
INSERT INTO journal VALUES(2,1795424400,'uid:0','policy','','policy','{"sha256":"15b8e8628790d431012fa414a485fa0ced283bb61d0436f8d7beb5b557e8b162","changes":["weekly_on: monday -> never"]}','f191df2a16a569dd96cdeab366ba5a4995d9bf9e1c787be1e5f64065507c2c66','e572c31e1d80c207f9d22d002c462dfd098b59883b79f6752a4d55646cf8c749');
INSERT INTO journal VALUES(3,1795424400,'uid:0','import','','offices','{"rows":1,"sha256":"d7913b3e63fdabbab19b650e300a14a430b5b23a0059ce959fbe98bcaa83d469","name":"sha256:df2b8374a7ff5a06"}','e572c31e1d80c207f9d22d002c462dfd098b59883b79f6752a4d55646cf8c749','c9cc62d634b640047da172c6b1c0feedf952933ce69bd50285fd2274e6569374');
INSERT INTO journal VALUES(4,1795424400,'uid:0','import','','staff','{"rows":5,"sha256":"138e3169a1d7eae6ddc98624c5aaff46a342273546fae41a2ef002978f292ea1","name":"sha256:de951fcd8abb8612"}','c9cc62d634b640047da172c6b1c0feedf952933ce69bd50285fd2274e6569374','c94274eb2eef3aaf148a2c472c00fda605adb393cc78af781059f606ce8eba47');
INSERT INTO journal VALUES(5,1795424400,'uid:0','import','','clients','{"rows":4,"sha256":"0d1caf3cdb826a4e28886a11fb16beafb6851df1e12ec534bc1e532fe109f1f3","name":"sha256:30a43a00db21a73d"}','c94274eb2eef3aaf148a2c472c00fda605adb393cc78af781059f606ce8eba47','1b9871c904a92c30c6cf62c57fc83f4b3a313623afacb5ff11636212f575867b');
INSERT INTO journal VALUES(6,1795424400,'uid:0','import','','safety_checks','{"rows":2,"sha256":"2703cab27567c7591113ef9b4570b6a38fd0f65d2b780346f12a0b4348c668b8","name":"sha256:e000b8049dfe5bf6"}','1b9871c904a92c30c6cf62c57fc83f4b3a313623afacb5ff11636212f575867b','ad2cde6ea39f2da4d7f6028060e34c133fcf36778b05cca9d12d5d5cb83bd19a');
INSERT INTO journal VALUES(7,1795424400,'uid:0','import','','check_ins','{"rows":4,"sha256":"758693e89bbebd6d8548c8daf6bed3b8c1ed0be9ccc99e3388cf2dbea4d119ee","name":"sha256:70d898adac0d0720"}','ad2cde6ea39f2da4d7f6028060e34c133fcf36778b05cca9d12d5d5cb83bd19a','7eaf8f79807f6c9a155ffbf37a58a9df18e7f30c5551ed4c72b80da065f31e15');
INSERT INTO journal VALUES(8,1795424400,'uid:0','import','','monitorings','{"rows":5,"sha256":"eb43e55b5752c91cde3241309ed8080bb0cee1dfd6ad1b29026fc4119253474d","name":"sha256:a0cb98cbcb992e73"}','7eaf8f79807f6c9a155ffbf37a58a9df18e7f30c5551ed4c72b80da065f31e15','952ddc7b86a7c0aca53b3e9679141ce6cd9ba4322f8f3ab5296d2d2020414642');
INSERT INTO journal VALUES(9,1795476600,'omamorid','obligation.opened','C-02','C-02/monitoring/2026-04-01/2026-12','{"due_by":"2026-12-31","months":"2026-12","interval_months":3,"basis":"standard","refused":false}','952ddc7b86a7c0aca53b3e9679141ce6cd9ba4322f8f3ab5296d2d2020414642','add48c0ba77ced4074fd0cf877da39a7c695f419e750fbe48c44d1b114029a8e');
INSERT INTO journal VALUES(10,1795476600,'omamorid','obligation.opened','C-04','C-04/streak/2026-06','{"due_by":"2026-06-30","months":"2026-06 2026-09","interval_months":3,"basis":"standard","refused":false}','add48c0ba77ced4074fd0cf877da39a7c695f419e750fbe48c44d1b114029a8e','a60606d5aebc8a9d9c6ddd1c0712ab2af80aeed20266662919e21472cfa556d6');
INSERT INTO journal VALUES(11,1795476600,'omamorid','item.owed','C-04','C-04/streak/2026-06','{"stage":"escalated","days":147,"repeat":19,"slot_day":"2026-11-24","staff":"SM-2","as":"case_manager"}','a60606d5aebc8a9d9c6ddd1c0712ab2af80aeed20266662919e21472cfa556d6','1d93bd3d0688ca3aa0730a49f495345e80ab4add5eee03843b7e1820824d14e4');
INSERT INTO journal VALUES(12,1795476600,'omamorid','item.owed','C-04','C-04/streak/2026-06','{"stage":"escalated","days":147,"repeat":19,"slot_day":"2026-11-24","staff":"SV-1","as":"supervisor"}','1d93bd3d0688ca3aa0730a49f495345e80ab4add5eee03843b7e1820824d14e4','8b7ec07137e547c88c99f71753214e23e5227d73b6041bd52153537026502f9e');
INSERT INTO journal VALUES(13,1795476600,'omamorid','item.owed','C-04','C-04/streak/2026-06','{"stage":"escalated","days":147,"repeat":19,"slot_day":"2026-11-24","staff":"OP-1","as":"core_center"}','8b7ec07137e547c88c99f71753214e23e5227d73b6041bd52153537026502f9e','d48c05e446fdde3a0ec0896fe6c3254dbb43168577b4a54d4c07e3e10068306f');
INSERT INTO journal VALUES(14,1795476600,'omamorid','obligation.opened','C-09','C-09/monitoring/2026-04-01/2026-12','{"due_by":"2026-12-31","months":"2026-12","interval_months":3,"basis":"standard","refused":false}','d48c05e446fdde3a0ec0896fe6c3254dbb43168577b4a54d4c07e3e10068306f','9b5af44c173d081663e767a1e5f5024a3fe0640150036352deca8e59033b9ae5');
INSERT INTO journal VALUES(15,1795476600,'omamorid','message.composed','','omamori-c6c79072504ab49b8ae087f2','{"staff":"OP-1","kind":"digest","channel":"file","items":1,"text":"sha256:4c3a2ce498977a76"}','9b5af44c173d081663e767a1e5f5024a3fe0640150036352deca8e59033b9ae5','168b443e8decba1856bf2b4a4757506e7e62b08931a181f3189b68be647569cb');
INSERT INTO journal VALUES(16,1795476600,'omamorid','message.composed','','omamori-6a47cfd5d75a0c6fa388608c','{"staff":"SM-2","kind":"digest","channel":"file","items":1,"text":"sha256:1e79b47e5e57bf29"}','168b443e8decba1856bf2b4a4757506e7e62b08931a181f3189b68be647569cb','f51dce452724245d5cff62739c0c6d41f2abd7ac8245a7c380637039f1853072');
INSERT INTO journal VALUES(17,1795476600,'omamorid','message.composed','','omamori-7829fd0fe2832958f4e5cf18','{"staff":"SV-1","kind":"digest","channel":"file","items":1,"text":"sha256:1880891351ee8890"}','f51dce452724245d5cff62739c0c6d41f2abd7ac8245a7c380637039f1853072','56aab488266998e8a4b1f14cb31bfcd993ae3c613a07fed73ee8b2f6ad1f8b72');
INSERT INTO journal VALUES(18,1795476600,'omamorid','message.attempt','','omamori-c6c79072504ab49b8ae087f2','{"n":1,"outcome":"sent","state":"sent","staff":"OP-1","channel":"file","reply":"sha256:81361040828e288c"}','56aab488266998e8a4b1f14cb31bfcd993ae3c613a07fed73ee8b2f6ad1f8b72','fba9bb8e9011a60e15824fc531d662607cac0be5b7c7b30794155ed581c505f2');
INSERT INTO journal VALUES(19,1795476600,'omamorid','message.attempt','','omamori-6a47cfd5d75a0c6fa388608c','{"n":1,"outcome":"sent","state":"sent","staff":"SM-2","channel":"file","reply":"sha256:3800915bfe6a3277"}','fba9bb8e9011a60e15824fc531d662607cac0be5b7c7b30794155ed581c505f2','c1df1bb6da0e5c00f48704c60759d734787487c02278e42f8f88ec45434f83c3');
INSERT INTO journal VALUES(20,1795476600,'omamorid','message.attempt','','omamori-7829fd0fe2832958f4e5cf18','{"n":1,"outcome":"sent","state":"sent","staff":"SV-1","channel":"file","reply":"sha256:978c91460b55146a"}','c1df1bb6da0e5c00f48704c60759d734787487c02278e42f8f88ec45434f83c3','78869987905e2c237ff2ef297ed65ed4af6d3f506f66b897a9f57e214eef3c44');
INSERT INTO journal VALUES(21,1795676400,'uid:0','record.monitoring','C-04','monitoring/6','{"on":"2026-11-26","by":"sha256:ebc96fb245d1b10b"}','78869987905e2c237ff2ef297ed65ed4af6d3f506f66b897a9f57e214eef3c44','8734194f21444e1c971dff483abb059f2d60dc4e150d785361cf31505550d63b');
INSERT INTO journal VALUES(22,1795766400,'uid:0','suspend','C-09','suspension/1','{"from":"2026-11-28","reason":"sha256:8afe3c83decffdf6"}','8734194f21444e1c971dff483abb059f2d60dc4e150d785361cf31505550d63b','2011c09e0c6718a845482eaf050fd8e382beea21e5241fa90641260752c4970d');
INSERT INTO journal VALUES(23,1795995000,'omamorid','obligation.ended','C-04','C-04/streak/2026-06','{"state":"met","reason":"visit on 2026-11-26","items_skipped":0}','2011c09e0c6718a845482eaf050fd8e382beea21e5241fa90641260752c4970d','7e3a62a946a029e94fbef231d1b42cf45005cc5c80e62dc5a2e9d89fe8883c35');
INSERT INTO journal VALUES(24,1795995000,'omamorid','obligation.ended','C-09','C-09/monitoring/2026-04-01/2026-12','{"state":"ended","reason":"suspended: due during a suspension","items_skipped":0}','7e3a62a946a029e94fbef231d1b42cf45005cc5c80e62dc5a2e9d89fe8883c35','e11cc9cb8312b2ddb6d3008f11caaa3a74dd785972f83189baaa664958e4f0b4');
INSERT INTO journal VALUES(25,1795995000,'omamorid','obligation.opened','C-09','C-09/suspension_standing/2026-11-28','{"interval_months":0,"basis":"standard","refused":false}','e11cc9cb8312b2ddb6d3008f11caaa3a74dd785972f83189baaa664958e4f0b4','c2e7ae34af44c4ca61ed6c85208986e41c5424312ed6bc114b19310347414320');
INSERT INTO journal VALUES(26,1796081400,'omamorid','item.owed','C-02','C-02/monitoring/2026-04-01/2026-12','{"stage":"upcoming","days":-30,"repeat":0,"slot_day":"2026-12-01","staff":"SM-1","as":"case_manager"}','c2e7ae34af44c4ca61ed6c85208986e41c5424312ed6bc114b19310347414320','679b17674f061999dd9cdee21edcb3a8fbc4f84653b0f6c719f35f0f17288402');
INSERT INTO journal VALUES(27,1796081400,'omamorid','item.owed','C-09','C-09/suspension_standing/2026-11-28','{"stage":"standing","days":3,"repeat":0,"slot_day":"2026-12-01","staff":"SV-1","as":"supervisor"}','679b17674f061999dd9cdee21edcb3a8fbc4f84653b0f6c719f35f0f17288402','10a93855e224ac17285ef1857ca01d966503537da82487c4151d84996766dc08');
INSERT INTO journal VALUES(28,1796081400,'omamorid','message.composed','','omamori-cae8e8d6325ac4d2cc92ac27','{"staff":"SM-1","kind":"digest","channel":"file","items":1,"text":"sha256:f49d067e857493df"}','10a93855e224ac17285ef1857ca01d966503537da82487c4151d84996766dc08','68ec364fd1fda2b992dabe0394f238bd43591fed8655264e64f08944878b9869');
INSERT INTO journal VALUES(29,1796081400,'omamorid','message.composed','','omamori-822bafbb84a618f0a97674d5','{"staff":"SV-1","kind":"digest","channel":"file","items":1,"text":"sha256:829e7ead5273e863"}','68ec364fd1fda2b992dabe0394f238bd43591fed8655264e64f08944878b9869','d11c41bbe19fabd6f343bb81b0cf7f187f7fd6a3d15f3d01c121f57559711ac8');
INSERT INTO journal VALUES(30,1796101800,'uid:0','record.check_in','C-05','check_in/5','{"check":"S-05","at":"2026-12-01T05:10:00Z","outcome":"concern","by":"sha256:d1cf4ba0be9a4235"}','d11c41bbe19fabd6f343bb81b0cf7f187f7fd6a3d15f3d01c121f57559711ac8','a4a2b9d3b0f43652f0ee03497603d57e1786c8fd4b2311fa309d626732d10164');
INSERT INTO journal VALUES(31,1796101860,'omamorid','obligation.opened','C-05','C-05/concern/S-05/2026-12-01T05:10:00Z','{"due_by":"2026-12-04","interval_months":0,"basis":"standard","refused":false,"check":"S-05"}','a4a2b9d3b0f43652f0ee03497603d57e1786c8fd4b2311fa309d626732d10164','9cb9f1339a6d408f71dde0deea442cdbc93b29fcdd5346ce0e158139ecc7f835');
INSERT INTO journal VALUES(32,1796101860,'omamorid','obligation.opened','C-05','C-05/monitoring/2026-04-01/2026-12','{"due_by":"2026-12-31","months":"2026-12","interval_months":3,"basis":"standard","refused":false}','9cb9f1339a6d408f71dde0deea442cdbc93b29fcdd5346ce0e158139ecc7f835','defe03459f3caac948ba55863af7832567ce527e1912cbb2a37a727d609b6c82');
INSERT INTO journal VALUES(33,1796101860,'omamorid','item.owed','C-05','C-05/concern/S-05/2026-12-01T05:10:00Z','{"stage":"opened","days":-3,"repeat":0,"slot_day":"2026-12-01","staff":"SM-2","as":"case_manager"}','defe03459f3caac948ba55863af7832567ce527e1912cbb2a37a727d609b6c82','5fbbbd3430802f6e0d154cc025c3bee42dc1bf929e84562372726dddc3936a6c');
INSERT INTO journal VALUES(34,1796101860,'omamorid','item.owed','C-05','C-05/concern/S-05/2026-12-01T05:10:00Z','{"stage":"opened","days":-3,"repeat":0,"slot_day":"2026-12-01","staff":"SV-1","as":"supervisor"}','5fbbbd3430802f6e0d154cc025c3bee42dc1bf929e84562372726dddc3936a6c','19549cdd1aac7ad237816de1c12267ecb4c7d598f20cd88b5bd6097c86b6e92a');
INSERT INTO journal VALUES(35,1796101860,'omamorid','message.composed','','omamori-9b2f401a68198c25fcb5e93e','{"staff":"SM-2","kind":"urgent","channel":"file","items":1,"text":"sha256:bc3e2ae706159219"}','19549cdd1aac7ad237816de1c12267ecb4c7d598f20cd88b5bd6097c86b6e92a','916382b4e35e121a4f214407d605d53edde2cba4de385063557e9df92aa8872e');
INSERT INTO journal VALUES(36,1796101860,'omamorid','message.composed','','omamori-5a76e044b40aa1b8213ea651','{"staff":"SV-1","kind":"urgent","channel":"file","items":1,"text":"sha256:b0685f7179c5fa6e"}','916382b4e35e121a4f214407d605d53edde2cba4de385063557e9df92aa8872e','0dc9572aa1acd0b245f662185e01fff3ca2c30528dc045e1649d4e72ab5c1fa2');
CREATE TABLE office (
  code        TEXT PRIMARY KEY CHECK (code <> ''),
  name        TEXT NOT NULL,
  supervisor  TEXT NOT NULL,  -- staff codes; may be unknown yet
  core_center TEXT NOT NULL,
  journal     INTEGER NOT NULL,
  line        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO office VALUES('OF-1','見本相談支援センターけやき','SV-1','',3,2);
CREATE TABLE staff (
  code      TEXT PRIMARY KEY CHECK (code <> ''),
  name      TEXT NOT NULL,
  role      TEXT NOT NULL CHECK (role IN
              ('case_manager', 'supervisor', 'core_center', 'operator', 'provider')),
  office    TEXT NOT NULL,
  email     TEXT NOT NULL,
  webhook   TEXT NOT NULL,
  channels  TEXT NOT NULL,  -- words separated by blanks, in the order to try
  language  TEXT CHECK (language IN ('ja', 'en')),
  until_day TEXT CHECK (length(until_day) = 10),
  journal   INTEGER NOT NULL,
  line      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO staff VALUES('OP-1','運用 担当','operator','','op-1@city.example','','file','en',NULL,4,6);
INSERT INTO staff VALUES('PR-1','試作 見守','provider','','pr-1@provider.example','','file',NULL,NULL,4,5);
INSERT INTO staff VALUES('SM-1','見本 一郎','case_manager','OF-1','sm-1@keyaki.example','','file',NULL,NULL,4,2);
INSERT INTO staff VALUES('SM-2','作例 直美','case_manager','OF-1','sm-2@keyaki.example','','file',NULL,NULL,4,3);
INSERT INTO staff VALUES('SV-1','練習 正','supervisor','OF-1','sv-1@keyaki.example','','file',NULL,NULL,4,4);
CREATE TABLE absence (
  id          INTEGER PRIMARY KEY,
  staff       TEXT NOT NULL,
  from_day    TEXT NOT NULL CHECK (length(from_day) = 10),
  until_day   TEXT CHECK (length(until_day) = 10 AND until_day >= from_day),
  delegate    TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE client (
  code           TEXT PRIMARY KEY CHECK (code <> ''),
  name           TEXT NOT NULL,
  certificate_no TEXT NOT NULL,
  watched_from   TEXT NOT NULL CHECK (length(watched_from) = 10),
  ended_on       TEXT CHECK (length(ended_on) = 10),
  journal        INTEGER NOT NULL,
  line           INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO client VALUES('C-02','作例 葉','9900000002','2026-04-01',NULL,5,2);
INSERT INTO client VALUES('C-04','練習 空','9900000004','2026-04-01',NULL,5,3);
INSERT INTO client VALUES('C-05','仮名 海','9900000005','2026-04-01',NULL,5,4);
INSERT INTO client VALUES('C-09','例山 丘','9900000009','2026-04-01',NULL,5,5);
CREATE TABLE client_version (
  id           INTEGER PRIMARY KEY,
  client       TEXT NOT NULL REFERENCES client (code),
  known_from   TEXT NOT NULL CHECK (length(known_from) = 10),
  office       TEXT NOT NULL,
  case_manager TEXT NOT NULL,  -- '' = unassigned
  journal      INTEGER NOT NULL,
  line         INTEGER NOT NULL
) STRICT;
INSERT INTO client_version VALUES(1,'C-02','2026-11-23','OF-1','SM-1',5,2);
INSERT INTO client_version VALUES(2,'C-04','2026-11-23','OF-1','SM-2',5,3);
INSERT INTO client_version VALUES(3,'C-05','2026-11-23','OF-1','SM-2',5,4);
INSERT INTO client_version VALUES(4,'C-09','2026-11-23','OF-1','SM-1',5,5);
CREATE TABLE period_version (
  id                INTEGER PRIMARY KEY,
  client            TEXT NOT NULL REFERENCES client (code),
  start_day         TEXT NOT NULL CHECK (length(start_day) = 10),
  known_from        TEXT NOT NULL CHECK (length(known_from) = 10),
  end_day           TEXT NOT NULL CHECK (length(end_day) = 10 AND end_day >= start_day),
  plan_kind         TEXT NOT NULL CHECK (plan_kind IN
                      ('standby_short_stay', 'regular', 'self_plan')),
  decision_kind     TEXT NOT NULL CHECK (decision_kind IN ('renewal', 'new', 'changed')),
  interval_months   INTEGER CHECK (interval_months BETWEEN 1 AND 12),
  monitoring_months TEXT NOT NULL,  -- '2026-06 2026-09', '' = none listed
  cut               INTEGER NOT NULL CHECK (cut IN (0, 1)),
  journal           INTEGER NOT NULL,
  line              INTEGER NOT NULL
) STRICT;
INSERT INTO period_version VALUES(1,'C-02','2026-04-01','2026-11-23','2027-03-31','standby_short_stay','renewal',NULL,'',0,5,2);
INSERT INTO period_version VALUES(2,'C-04','2026-04-01','2026-11-23','2027-03-31','standby_short_stay','renewal',NULL,'',0,5,3);
INSERT INTO period_version VALUES(3,'C-05','2026-04-01','2026-11-23','2027-03-31','standby_short_stay','renewal',NULL,'',0,5,4);
INSERT INTO period_version VALUES(4,'C-09','2026-04-01','2026-11-23','2027-03-31','standby_short_stay','renewal',NULL,'',0,5,5);
CREATE TABLE safety_check (
  code         TEXT PRIMARY KEY CHECK (code <> ''),
  client       TEXT NOT NULL REFERENCES client (code),
  watched_from TEXT NOT NULL CHECK (length(watched_from) = 10),
  method       TEXT NOT NULL,
  agreed_by    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO safety_check VALUES('S-04','C-04','2026-04-01','電話','見本市障害福祉課');
INSERT INTO safety_check VALUES('S-05','C-05','2026-04-01','訪問','見本市障害福祉課');
CREATE TABLE check_version (
  id         INTEGER PRIMARY KEY,
  client     TEXT NOT NULL,
  check_code TEXT NOT NULL REFERENCES safety_check (code),
  known_from TEXT NOT NULL CHECK (length(known_from) = 10),
  from_day   TEXT NOT NULL CHECK (length(from_day) = 10),
  until_day  TEXT CHECK (length(until_day) = 10),
  every_days INTEGER NOT NULL CHECK (every_days >= 1),
  grace_days INTEGER NOT NULL CHECK (grace_days >= 0),
  extends_to INTEGER CHECK (extends_to BETWEEN 1 AND 12),
  agreed_on  TEXT CHECK (length(agreed_on) = 10),
  provider   TEXT NOT NULL,
  journal    INTEGER NOT NULL,
  line       INTEGER NOT NULL
) STRICT;
INSERT INTO check_version VALUES(1,'C-04','S-04','2026-11-23','2026-04-01',NULL,30,7,6,'2026-03-20','PR-1',6,2);
INSERT INTO check_version VALUES(2,'C-05','S-05','2026-11-23','2026-04-01',NULL,30,7,6,'2026-03-20','PR-1',6,3);
CREATE TABLE check_in (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL,
  check_code  TEXT NOT NULL REFERENCES safety_check (code),
  at          INTEGER NOT NULL,
  on_day      TEXT NOT NULL CHECK (length(on_day) = 10),
  outcome     TEXT NOT NULL CHECK (outcome IN ('ok', 'concern', 'unreachable')),
  by          TEXT NOT NULL,
  note        TEXT NOT NULL,
  source      TEXT NOT NULL DEFAULT '',  -- for check-ins from outside: the system …
  external_id TEXT NOT NULL DEFAULT '',  -- … and its id
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  line        INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO check_in VALUES(1,'C-04','S-04',1791162000,'2026-10-05','ok','PR-1','','','',1795424400,7,2,0,'');
INSERT INTO check_in VALUES(2,'C-04','S-04',1793840400,'2026-11-05','ok','PR-1','','','',1795424400,7,4,0,'');
INSERT INTO check_in VALUES(3,'C-05','S-05',1792285200,'2026-10-18','ok','PR-1','','','',1795424400,7,3,0,'');
INSERT INTO check_in VALUES(4,'C-05','S-05',1794963600,'2026-11-18','ok','PR-1','','','',1795424400,7,5,0,'');
INSERT INTO check_in VALUES(5,'C-05','S-05',1796101800,'2026-12-01','concern','PR-1','','','',1796101800,30,0,0,'');
CREATE TABLE monitoring (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL REFERENCES client (code),
  on_day      TEXT NOT NULL CHECK (length(on_day) = 10),
  for_month   TEXT CHECK (length(for_month) = 7),
  by          TEXT NOT NULL,
  note        TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  line        INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO monitoring VALUES(1,'C-02','2026-06-11',NULL,'SM-1','',1795424400,8,2,0,'');
INSERT INTO monitoring VALUES(2,'C-02','2026-09-11',NULL,'SM-1','',1795424400,8,3,0,'');
INSERT INTO monitoring VALUES(3,'C-05','2026-09-15',NULL,'SM-2','',1795424400,8,4,0,'');
INSERT INTO monitoring VALUES(4,'C-09','2026-06-17',NULL,'SM-1','',1795424400,8,5,0,'');
INSERT INTO monitoring VALUES(5,'C-09','2026-09-17',NULL,'SM-1','',1795424400,8,6,0,'');
INSERT INTO monitoring VALUES(6,'C-04','2026-11-26',NULL,'SM-2','',1795676400,21,0,0,'');
CREATE TABLE contact (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL REFERENCES client (code),
  on_day      TEXT NOT NULL CHECK (length(on_day) = 10),
  by          TEXT NOT NULL,
  note        TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE suspension (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL REFERENCES client (code),
  from_day    TEXT NOT NULL CHECK (length(from_day) = 10),
  until_day   TEXT CHECK (length(until_day) = 10 AND until_day >= from_day),
  reason      TEXT NOT NULL,
  by          TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO suspension VALUES(1,'C-09','2026-11-28',NULL,'hospital','',1795766400,22,0,'');
CREATE TABLE acknowledgement (
  id          INTEGER PRIMARY KEY,
  client      TEXT NOT NULL REFERENCES client (code),
  obligation  TEXT NOT NULL,
  staff       TEXT NOT NULL,
  made_on     TEXT NOT NULL CHECK (length(made_on) = 10),
  visit_on    TEXT NOT NULL CHECK (length(visit_on) = 10),
  recorded_at INTEGER NOT NULL,
  journal     INTEGER NOT NULL,
  voided      INTEGER NOT NULL DEFAULT 0,
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE policy_version (
  id                       INTEGER PRIMARY KEY,
  accepted_at              INTEGER NOT NULL,
  known_from               TEXT NOT NULL CHECK (length(known_from) = 10),
  text                     TEXT NOT NULL,
  standard_interval_months INTEGER NOT NULL,
  extended_interval_months INTEGER NOT NULL,
  max_interval_months      INTEGER NOT NULL,
  initial_months           INTEGER NOT NULL,
  include_start_month      INTEGER NOT NULL CHECK (include_start_month IN (0, 1)),
  initial_from_next_month  INTEGER NOT NULL CHECK (initial_from_next_month IN (0, 1)),
  journal                  INTEGER NOT NULL
) STRICT;
INSERT INTO policy_version VALUES(1,1795424400,'2026-11-23',replace('weekly_on = "never"\n','\n',char(10)),3,6,12,3,0,0,2);
CREATE TABLE policy_office (
  version         INTEGER NOT NULL REFERENCES policy_version (id),
  office          TEXT NOT NULL,
  interval_months INTEGER NOT NULL,
  PRIMARY KEY (version, office)
) STRICT, WITHOUT ROWID;
CREATE TABLE policy_override (
  version         INTEGER NOT NULL REFERENCES policy_version (id),
  client          TEXT NOT NULL,
  from_day        TEXT NOT NULL CHECK (length(from_day) = 10),
  until_day       TEXT CHECK (length(until_day) = 10),
  interval_months INTEGER NOT NULL,
  reason          TEXT NOT NULL,
  agreed_on       TEXT CHECK (length(agreed_on) = 10),
  PRIMARY KEY (version, client, from_day)
) STRICT, WITHOUT ROWID;
CREATE TABLE client_schedule (
  client  TEXT PRIMARY KEY REFERENCES client (code),
  next_at INTEGER,
  reason  TEXT NOT NULL,
  dirty   INTEGER NOT NULL CHECK (dirty IN (0, 1)),
  changed_at INTEGER NOT NULL,  -- when facts or policy last changed what is known of the client
  CHECK (next_at IS NOT NULL OR reason <> '' OR dirty = 1)
) STRICT, WITHOUT ROWID;
INSERT INTO client_schedule VALUES('C-02',1798068600,'',0,1795424400);
INSERT INTO client_schedule VALUES('C-04',1796396400,'',0,1795676400);
INSERT INTO client_schedule VALUES('C-05',1796167800,'',0,1796101800);
INSERT INTO client_schedule VALUES('C-09',1798729200,'',0,1795766400);
CREATE TABLE obligation (
  key             TEXT PRIMARY KEY CHECK (key <> ''),
  client          TEXT NOT NULL,
  kind            TEXT NOT NULL,
  opened          TEXT NOT NULL CHECK (length(opened) = 10),
  window_from     TEXT NOT NULL CHECK (length(window_from) = 10),
  due_by          TEXT CHECK (length(due_by) = 10),
  count_from      TEXT NOT NULL CHECK (length(count_from) = 10),
  months          TEXT NOT NULL,
  check_code      TEXT NOT NULL,
  provider        TEXT NOT NULL,
  last_ok         TEXT CHECK (length(last_ok) = 10),
  interval_months INTEGER NOT NULL,
  basis           TEXT NOT NULL,
  refused         INTEGER NOT NULL CHECK (refused IN (0, 1)),
  waiving_check   TEXT NOT NULL,
  quiet           INTEGER NOT NULL CHECK (quiet IN (0, 1)),
  known_since     INTEGER NOT NULL,  -- slots before this instant had not come for it
  state           TEXT NOT NULL CHECK (state IN ('live', 'met', 'withdrawn', 'ended')),
  ended_at        INTEGER,
  reason          TEXT NOT NULL,
  CHECK ((state = 'live') = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO obligation VALUES('C-02/monitoring/2026-04-01/2026-12','C-02','monitoring','2026-12-01','2026-12-01','2026-12-31','2026-12-31','2026-12','','',NULL,3,'standard',0,'',0,1795424400,'live',NULL,'');
INSERT INTO obligation VALUES('C-04/streak/2026-06','C-04','streak','2026-07-01','2026-09-01','2026-06-30','2026-06-30','2026-06 2026-09','','',NULL,3,'standard',0,'',0,1795424400,'met',1795995000,'visit on 2026-11-26');
INSERT INTO obligation VALUES('C-05/concern/S-05/2026-12-01T05:10:00Z','C-05','concern','2026-12-01','2026-12-01','2026-12-04','2026-12-04','','S-05','',NULL,0,'standard',0,'',0,1796101800,'live',NULL,'');
INSERT INTO obligation VALUES('C-05/monitoring/2026-04-01/2026-12','C-05','monitoring','2026-12-01','2026-12-01','2026-12-31','2026-12-31','2026-12','','',NULL,3,'standard',0,'',0,1796101800,'live',NULL,'');
INSERT INTO obligation VALUES('C-09/monitoring/2026-04-01/2026-12','C-09','monitoring','2026-12-01','2026-12-01','2026-12-31','2026-12-31','2026-12','','',NULL,3,'standard',0,'',0,1795424400,'ended',1795995000,'suspended: due during a suspension');
INSERT INTO obligation VALUES('C-09/suspension_standing/2026-11-28','C-09','suspension_standing','2026-11-28','2026-11-28',NULL,'2026-11-28','','','',NULL,0,'standard',0,'',0,1795766400,'live',NULL,'');
CREATE TABLE message (
  id              TEXT PRIMARY KEY CHECK (id <> ''),
  kind            TEXT NOT NULL,
  type            TEXT NOT NULL,
  staff           TEXT NOT NULL,
  channel         TEXT NOT NULL CHECK (channel IN ('email', 'webhook', 'file')),
  address         TEXT NOT NULL,
  slot_day        TEXT NOT NULL CHECK (length(slot_day) = 10),
  slot            INTEGER NOT NULL,
  subject         TEXT NOT NULL,
  text            TEXT NOT NULL,
  html            TEXT NOT NULL,
  json            TEXT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN
                    ('pending', 'sent', 'refused', 'expired', 'superseded', 'dropped')),
  frozen          INTEGER NOT NULL DEFAULT 0 CHECK (frozen IN (0, 1)),
  in_flight       INTEGER NOT NULL DEFAULT 0 CHECK (in_flight IN (0, 1)),
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER,
  life_used       INTEGER NOT NULL DEFAULT 0,  -- seconds of its life, by the caller's count
  created_at      INTEGER NOT NULL,
  ended_at        INTEGER, tries INTEGER NOT NULL DEFAULT 0,
  CHECK ((state = 'pending') = (ended_at IS NULL)),
  CHECK (state <> 'pending' OR next_attempt_at IS NOT NULL)
) STRICT;
INSERT INTO message VALUES('omamori-c6c79072504ab49b8ae087f2','digest','omamori.digest','OP-1','file','OP-1','2026-11-24',1795476600,'[omamori] C-04: Jun, Sep not visited',replace('Tuesday, 24 Nov 2026 - items: 1\n\n== Overdue\n\n1. C-04  Jun, Sep not visited\n   When     by 30 Jun (past)\n   Why now  Nobody is known to have visited. Was due 30 Jun, 147 days ago.\n   What     Ask the office who can act, and when.\n   - Case manager: SM-2\n   - You are told this because no core centre is named.\n   - As nothing has moved, the core centre is told too.\n\n-- \nomamori (to OP-1)\n','\n',char(10)),replace('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light">\n<title>omamori</title>\n</head>\n<body style="margin:0;padding:0;background:#f4f2ee;">\n<div style="max-width:640px;margin:0 auto;padding:20px 14px 32px;color:#23272b;font:16px/1.65 -apple-system,''Segoe UI'',''Noto Sans'',Helvetica,Arial,sans-serif;">\n<p style="margin:0;font-size:20px;font-weight:bold;line-height:1.4;">Tuesday, 24 Nov 2026<span style="white-space:nowrap;"> &ndash; items: 1</span></p>\n\n\n<h2 style="margin:26px 0 8px;font-size:16px;line-height:1.4;color:#9a4a00;">Overdue</h2>\n<div style="margin:0 0 12px;padding:12px 14px;background:#ffffff;border-left:5px solid #9a4a00;border-radius:4px;">\n<p style="margin:0;font-size:14px;color:#5b646d;overflow-wrap:anywhere;">1&nbsp;&nbsp;<b style="color:#23272b;">C-04</b></p>\n<p style="margin:2px 0 0;font-size:18px;font-weight:bold;line-height:1.45;overflow-wrap:anywhere;">Jun, Sep not visited</p>\n<p style="margin:6px 0 0;"><b style="color:#9a4a00;">by 30 Jun (past)</b></p>\n<p style="margin:4px 0 0;">Nobody is known to have visited. Was due 30 Jun, 147 days ago.</p>\n<p style="margin:8px 0 0;padding:8px 10px;background:#f4f2ee;border-radius:4px;">&rarr; Ask the office who can act, and when.</p>\n\n<p style="margin:6px 0 0;font-size:14px;color:#5b646d;">Case manager: SM-2</p>\n<p style="margin:6px 0 0;font-size:14px;color:#5b646d;">You are told this because no core centre is named.</p>\n<p style="margin:6px 0 0;font-size:14px;color:#5b646d;">As nothing has moved, the core centre is told too.</p>\n</div>\n\n<p style="margin:26px 0 0;padding-top:10px;border-top:1px solid #d9d5cc;font-size:13px;color:#6b747d;">omamori (to OP-1)</p>\n</div>\n</body>\n</html>\n','\n',char(10)),'{"to":"OP-1","slot":"2026-11-23T23:30:00Z","items":[{"key":"C-04/streak/2026-06","client":"C-04","kind":"streak","stage":"escalated","repeat":19,"month":"2026-06","from":"2026-09-01","due_by":"2026-06-30","days_late":147,"reason":"You are told this because no core centre is named. Nobody is known to have visited. Was due 30 Jun, 147 days ago."}]}','sent',0,0,1,NULL,0,1795476600,1795476600,1);
INSERT INTO message VALUES('omamori-6a47cfd5d75a0c6fa388608c','digest','omamori.digest','SM-2','file','SM-2','2026-11-24',1795476600,'【お守り】C-04 6月・9月 未実施',replace('2026年11月24日（火）　1件\n\n■ 期限を過ぎています\n\n1. C-04　6月・9月 未実施\n   いつ　　　6/30まで（過ぎています）\n   なぜ今　　訪問の記録が届いていません。期限（6/30）を147日過ぎています。\n   すること　すぐに訪問日を決めて訪問し、実施日を記録してください。一度訪問すれば、このお知らせは止まります。\n\n-- \nお守り（宛先 SM-2）\n','\n',char(10)),replace('<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light">\n<title>お守り</title>\n</head>\n<body style="margin:0;padding:0;background:#f4f2ee;">\n<div style="max-width:640px;margin:0 auto;padding:20px 14px 32px;color:#23272b;font:16px/1.65 ''Hiragino Sans'',''Noto Sans CJK JP'',''Noto Sans JP'',''Yu Gothic'',Meiryo,sans-serif;">\n<p style="margin:0;font-size:20px;font-weight:bold;line-height:1.4;">2026年11月24日（火）<span style="white-space:nowrap;">　1件</span></p>\n\n\n<h2 style="margin:26px 0 8px;font-size:16px;line-height:1.4;color:#9a4a00;">期限を過ぎています</h2>\n<div style="margin:0 0 12px;padding:12px 14px;background:#ffffff;border-left:5px solid #9a4a00;border-radius:4px;">\n<p style="margin:0;font-size:14px;color:#5b646d;overflow-wrap:anywhere;">1&nbsp;&nbsp;<b style="color:#23272b;">C-04</b></p>\n<p style="margin:2px 0 0;font-size:18px;font-weight:bold;line-height:1.45;overflow-wrap:anywhere;">6月・9月 未実施</p>\n<p style="margin:6px 0 0;"><b style="color:#9a4a00;">6/30まで（過ぎています）</b></p>\n<p style="margin:4px 0 0;">訪問の記録が届いていません。期限（6/30）を147日過ぎています。</p>\n<p style="margin:8px 0 0;padding:8px 10px;background:#f4f2ee;border-radius:4px;">→ すぐに訪問日を決めて訪問し、実施日を記録してください。一度訪問すれば、このお知らせは止まります。</p>\n\n\n</div>\n\n<p style="margin:26px 0 0;padding-top:10px;border-top:1px solid #d9d5cc;font-size:13px;color:#6b747d;">お守り（宛先 SM-2）</p>\n</div>\n</body>\n</html>\n','\n',char(10)),'{"to":"SM-2","slot":"2026-11-23T23:30:00Z","items":[{"key":"C-04/streak/2026-06","client":"C-04","kind":"streak","stage":"escalated","repeat":19,"month":"2026-06","from":"2026-09-01","due_by":"2026-06-30","days_late":147,"reason":"訪問の記録が届いていません。期限（6/30）を147日過ぎています。"}]}','sent',0,0,1,NULL,0,1795476600,1795476600,1);
INSERT INTO message VALUES('omamori-7829fd0fe2832958f4e5cf18','digest','omamori.digest','SV-1','file','SV-1','2026-11-24',1795476600,'【お守り】C-04 6月・9月 未実施',replace('2026年11月24日（火）　1件\n\n■ 期限を過ぎています\n\n1. C-04　6月・9月 未実施\n   いつ　　　6/30まで（過ぎています）\n   なぜ今　　訪問の記録が届いていません。期限（6/30）を147日過ぎています。\n   すること　担当者に、いつ動けるかを確かめてください。動けなければ代わりの人を決めてください。\n   ・担当: SM-2\n\n-- \nお守り（宛先 SV-1）\n','\n',char(10)),replace('<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light">\n<title>お守り</title>\n</head>\n<body style="margin:0;padding:0;background:#f4f2ee;">\n<div style="max-width:640px;margin:0 auto;padding:20px 14px 32px;color:#23272b;font:16px/1.65 ''Hiragino Sans'',''Noto Sans CJK JP'',''Noto Sans JP'',''Yu Gothic'',Meiryo,sans-serif;">\n<p style="margin:0;font-size:20px;font-weight:bold;line-height:1.4;">2026年11月24日（火）<span style="white-space:nowrap;">　1件</span></p>\n\n\n<h2 style="margin:26px 0 8px;font-size:16px;line-height:1.4;color:#9a4a00;">期限を過ぎています</h2>\n<div style="margin:0 0 12px;padding:12px 14px;background:#ffffff;border-left:5px solid #9a4a00;border-radius:4px;">\n<p style="margin:0;font-size:14px;color:#5b646d;overflow-wrap:anywhere;">1&nbsp;&nbsp;<b style="color:#23272b;">C-04</b></p>\n<p style="margin:2px 0 0;font-size:18px;font-weight:bold;line-height:1.45;overflow-wrap:anywhere;">6月・9月 未実施</p>\n<p style="margin:6px 0 0;"><b style="color:#9a4a00;">6/30まで（過ぎています）</b></p>\n<p style="margin:4px 0 0;">訪問の記録が届いていません。期限（6/30）を147日過ぎています。</p>\n<p style="margin:8px 0 0;padding:8px 10px;background:#f4f2ee;border-radius:4px;">→ 担当者に、いつ動けるかを確かめてください。動けなければ代わりの人を決めてください。</p>\n\n<p style="margin:6px 0 0;font-size:14px;color:#5b646d;">担当: SM-2</p>\n</div>\n\n<p style="margin:26px 0 0;padding-top:10px;border-top:1px solid #d9d5cc;font-size:13px;color:#6b747d;">お守り（宛先 SV-1）</p>\n</div>\n</body>\n</html>\n','\n',char(10)),'{"to":"SV-1","slot":"2026-11-23T23:30:00Z","items":[{"key":"C-04/streak/2026-06","client":"C-04","kind":"streak","stage":"escalated","repeat":19,"month":"2026-06","from":"2026-09-01","due_by":"2026-06-30","days_late":147,"reason":"訪問の記録が届いていません。期限（6/30）を147日過ぎています。"}]}','sent',0,0,1,NULL,0,1795476600,1795476600,1);
INSERT INTO message VALUES('omamori-cae8e8d6325ac4d2cc92ac27','digest','omamori.digest','SM-1','file','SM-1','2026-12-01',1796081400,'【お守り】C-02 12月分のモニタリング',replace('2026年12月1日（火）　1件\n\n■ 期限までに行うこと\n\n1. C-02　12月分のモニタリング\n   いつ　　　12/1〜12/31に実施\n   なぜ今　　期限（12/31）まであと30日です。\n   すること　期間のうちに訪問してモニタリングを行い、実施日を記録してください。\n\n-- \nお守り（宛先 SM-1）\n','\n',char(10)),replace('<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light">\n<title>お守り</title>\n</head>\n<body style="margin:0;padding:0;background:#f4f2ee;">\n<div style="max-width:640px;margin:0 auto;padding:20px 14px 32px;color:#23272b;font:16px/1.65 ''Hiragino Sans'',''Noto Sans CJK JP'',''Noto Sans JP'',''Yu Gothic'',Meiryo,sans-serif;">\n<p style="margin:0;font-size:20px;font-weight:bold;line-height:1.4;">2026年12月1日（火）<span style="white-space:nowrap;">　1件</span></p>\n\n\n<h2 style="margin:26px 0 8px;font-size:16px;line-height:1.4;color:#1f5f99;">期限までに行うこと</h2>\n<div style="margin:0 0 12px;padding:12px 14px;background:#ffffff;border-left:5px solid #1f5f99;border-radius:4px;">\n<p style="margin:0;font-size:14px;color:#5b646d;overflow-wrap:anywhere;">1&nbsp;&nbsp;<b style="color:#23272b;">C-02</b></p>\n<p style="margin:2px 0 0;font-size:18px;font-weight:bold;line-height:1.45;overflow-wrap:anywhere;">12月分のモニタリング</p>\n<p style="margin:6px 0 0;"><b style="color:#1f5f99;">12/1〜12/31に実施</b></p>\n<p style="margin:4px 0 0;">期限（12/31）まであと30日です。</p>\n<p style="margin:8px 0 0;padding:8px 10px;background:#f4f2ee;border-radius:4px;">→ 期間のうちに訪問してモニタリングを行い、実施日を記録してください。</p>\n\n\n</div>\n\n<p style="margin:26px 0 0;padding-top:10px;border-top:1px solid #d9d5cc;font-size:13px;color:#6b747d;">お守り（宛先 SM-1）</p>\n</div>\n</body>\n</html>\n','\n',char(10)),'{"to":"SM-1","slot":"2026-11-30T23:30:00Z","items":[{"key":"C-02/monitoring/2026-04-01/2026-12","client":"C-02","kind":"monitoring","stage":"upcoming","repeat":0,"month":"2026-12","from":"2026-12-01","due_by":"2026-12-31","days_late":0,"reason":"期限（12/31）まであと30日です。"}]}','pending',0,0,0,1796081400,0,1796081400,NULL,0);
INSERT INTO message VALUES('omamori-822bafbb84a618f0a97674d5','digest','omamori.digest','SV-1','file','SV-1','2026-12-01',1796081400,'【お守り】C-09 休止が続いています',replace('2026年12月1日（火）　1件\n\n■ お知らせ\n\n1. C-09　休止が続いています\n   いつ　　　11/28から休止\n   なぜ今　　休止のあいだ、この方のほかのお知らせは出ません。\n   すること　休止がまだ続いているかを確かめ、戻っていれば再開の日を届けてください。\n   ・担当: SM-1\n\n-- \nお守り（宛先 SV-1）\n','\n',char(10)),replace('<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light">\n<title>お守り</title>\n</head>\n<body style="margin:0;padding:0;background:#f4f2ee;">\n<div style="max-width:640px;margin:0 auto;padding:20px 14px 32px;color:#23272b;font:16px/1.65 ''Hiragino Sans'',''Noto Sans CJK JP'',''Noto Sans JP'',''Yu Gothic'',Meiryo,sans-serif;">\n<p style="margin:0;font-size:20px;font-weight:bold;line-height:1.4;">2026年12月1日（火）<span style="white-space:nowrap;">　1件</span></p>\n\n\n<h2 style="margin:26px 0 8px;font-size:16px;line-height:1.4;color:#5b646d;">お知らせ</h2>\n<div style="margin:0 0 12px;padding:12px 14px;background:#ffffff;border-left:5px solid #5b646d;border-radius:4px;">\n<p style="margin:0;font-size:14px;color:#5b646d;overflow-wrap:anywhere;">1&nbsp;&nbsp;<b style="color:#23272b;">C-09</b></p>\n<p style="margin:2px 0 0;font-size:18px;font-weight:bold;line-height:1.45;overflow-wrap:anywhere;">休止が続いています</p>\n<p style="margin:6px 0 0;"><b style="color:#5b646d;">11/28から休止</b></p>\n<p style="margin:4px 0 0;">休止のあいだ、この方のほかのお知らせは出ません。</p>\n<p style="margin:8px 0 0;padding:8px 10px;background:#f4f2ee;border-radius:4px;">→ 休止がまだ続いているかを確かめ、戻っていれば再開の日を届けてください。</p>\n\n<p style="margin:6px 0 0;font-size:14px;color:#5b646d;">担当: SM-1</p>\n</div>\n\n<p style="margin:26px 0 0;padding-top:10px;border-top:1px solid #d9d5cc;font-size:13px;color:#6b747d;">お守り（宛先 SV-1）</p>\n</div>\n</body>\n</html>\n','\n',char(10)),'{"to":"SV-1","slot":"2026-11-30T23:30:00Z","items":[{"key":"C-09/suspension_standing/2026-11-28","client":"C-09","kind":"suspension_standing","stage":"standing","repeat":0,"month":null,"from":"2026-11-28","due_by":null,"days_late":0,"reason":"休止のあいだ、この方のほかのお知らせは出ません。"}]}','pending',0,0,0,1796081400,0,1796081400,NULL,0);
INSERT INTO message VALUES('omamori-9b2f401a68198c25fcb5e93e','urgent','omamori.urgent','SM-2','file','SM-2','2026-12-01',1796101800,'【お守り・至急】C-05 安否確認 S-05 で「気がかり」と記録されました',replace('2026年12月1日（火）　1件\n\n■ すぐに確かめてください\n\n1. C-05　安否確認 S-05 で「気がかり」と記録されました\n   いつ　　　12/1〜12/4に対応\n   なぜ今　　12/1の確認で、気がかりなことがあると記録されました。期限（12/4）まであと3日です。\n   すること　今日のうちに電話か訪問で様子を確かめ、その日を記録してください。\n\n-- \nお守り（宛先 SM-2）\n','\n',char(10)),replace('<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light">\n<title>お守り</title>\n</head>\n<body style="margin:0;padding:0;background:#f4f2ee;">\n<div style="max-width:640px;margin:0 auto;padding:20px 14px 32px;color:#23272b;font:16px/1.65 ''Hiragino Sans'',''Noto Sans CJK JP'',''Noto Sans JP'',''Yu Gothic'',Meiryo,sans-serif;">\n<p style="margin:0;font-size:20px;font-weight:bold;line-height:1.4;">2026年12月1日（火）<span style="white-space:nowrap;">　1件</span></p>\n\n\n<h2 style="margin:26px 0 8px;font-size:16px;line-height:1.4;color:#b3261e;">すぐに確かめてください</h2>\n<div style="margin:0 0 12px;padding:12px 14px;background:#ffffff;border-left:5px solid #b3261e;border-radius:4px;">\n<p style="margin:0;font-size:14px;color:#5b646d;overflow-wrap:anywhere;">1&nbsp;&nbsp;<b style="color:#23272b;">C-05</b></p>\n<p style="margin:2px 0 0;font-size:18px;font-weight:bold;line-height:1.45;overflow-wrap:anywhere;">安否確認 S-05 で「気がかり」と記録されました</p>\n<p style="margin:6px 0 0;"><b style="color:#b3261e;">12/1〜12/4に対応</b></p>\n<p style="margin:4px 0 0;">12/1の確認で、気がかりなことがあると記録されました。期限（12/4）まであと3日です。</p>\n<p style="margin:8px 0 0;padding:8px 10px;background:#f4f2ee;border-radius:4px;">→ 今日のうちに電話か訪問で様子を確かめ、その日を記録してください。</p>\n\n\n</div>\n\n<p style="margin:26px 0 0;padding-top:10px;border-top:1px solid #d9d5cc;font-size:13px;color:#6b747d;">お守り（宛先 SM-2）</p>\n</div>\n</body>\n</html>\n','\n',char(10)),'{"to":"SM-2","slot":"2026-12-01T05:10:00Z","items":[{"key":"C-05/concern/S-05/2026-12-01T05:10:00Z","client":"C-05","kind":"concern","stage":"opened","repeat":0,"month":null,"from":"2026-12-01","due_by":"2026-12-04","days_late":0,"reason":"12/1の確認で、気がかりなことがあると記録されました。期限（12/4）まであと3日です。"}]}','pending',0,0,0,1796101860,0,1796101860,NULL,0);
INSERT INTO message VALUES('omamori-5a76e044b40aa1b8213ea651','urgent','omamori.urgent','SV-1','file','SV-1','2026-12-01',1796101800,'【お守り・至急】C-05 安否確認 S-05 で「気がかり」と記録されました',replace('2026年12月1日（火）　1件\n\n■ すぐに確かめてください\n\n1. C-05　安否確認 S-05 で「気がかり」と記録されました\n   いつ　　　12/1〜12/4に対応\n   なぜ今　　12/1の確認で、気がかりなことがあると記録されました。期限（12/4）まであと3日です。\n   すること　担当者に、いつ動けるかを確かめてください。動けなければ代わりの人を決めてください。\n   ・担当: SM-2\n\n-- \nお守り（宛先 SV-1）\n','\n',char(10)),replace('<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light">\n<title>お守り</title>\n</head>\n<body style="margin:0;padding:0;background:#f4f2ee;">\n<div style="max-width:640px;margin:0 auto;padding:20px 14px 32px;color:#23272b;font:16px/1.65 ''Hiragino Sans'',''Noto Sans CJK JP'',''Noto Sans JP'',''Yu Gothic'',Meiryo,sans-serif;">\n<p style="margin:0;font-size:20px;font-weight:bold;line-height:1.4;">2026年12月1日（火）<span style="white-space:nowrap;">　1件</span></p>\n\n\n<h2 style="margin:26px 0 8px;font-size:16px;line-height:1.4;color:#b3261e;">すぐに確かめてください</h2>\n<div style="margin:0 0 12px;padding:12px 14px;background:#ffffff;border-left:5px solid #b3261e;border-radius:4px;">\n<p style="margin:0;font-size:14px;color:#5b646d;overflow-wrap:anywhere;">1&nbsp;&nbsp;<b style="color:#23272b;">C-05</b></p>\n<p style="margin:2px 0 0;font-size:18px;font-weight:bold;line-height:1.45;overflow-wrap:anywhere;">安否確認 S-05 で「気がかり」と記録されました</p>\n<p style="margin:6px 0 0;"><b style="color:#b3261e;">12/1〜12/4に対応</b></p>\n<p style="margin:4px 0 0;">12/1の確認で、気がかりなことがあると記録されました。期限（12/4）まであと3日です。</p>\n<p style="margin:8px 0 0;padding:8px 10px;background:#f4f2ee;border-radius:4px;">→ 担当者に、いつ動けるかを確かめてください。動けなければ代わりの人を決めてください。</p>\n\n<p style="margin:6px 0 0;font-size:14px;color:#5b646d;">担当: SM-2</p>\n</div>\n\n<p style="margin:26px 0 0;padding-top:10px;border-top:1px solid #d9d5cc;font-size:13px;color:#6b747d;">お守り（宛先 SV-1）</p>\n</div>\n</body>\n</html>\n','\n',char(10)),'{"to":"SV-1","slot":"2026-12-01T05:10:00Z","items":[{"key":"C-05/concern/S-05/2026-12-01T05:10:00Z","client":"C-05","kind":"concern","stage":"opened","repeat":0,"month":null,"from":"2026-12-01","due_by":"2026-12-04","days_late":0,"reason":"12/1の確認で、気がかりなことがあると記録されました。期限（12/4）まであと3日です。"}]}','pending',0,0,0,1796101860,0,1796101860,NULL,0);
CREATE TABLE item (
  id              INTEGER PRIMARY KEY,
  obligation      TEXT NOT NULL REFERENCES obligation (key),
  client          TEXT NOT NULL,
  stage           TEXT NOT NULL,
  days            INTEGER NOT NULL,
  repeat          INTEGER NOT NULL,
  slot_day        TEXT NOT NULL CHECK (length(slot_day) = 10),
  slot            INTEGER NOT NULL,
  staff           TEXT NOT NULL,
  as_role         TEXT NOT NULL,
  urgency         TEXT NOT NULL CHECK (urgency IN ('digest', 'own_at_slot', 'urgent')),
  state           TEXT NOT NULL CHECK (state IN ('owed', 'told', 'skipped', 'dropped')),
  reason          TEXT NOT NULL,
  message         TEXT REFERENCES message (id),
  channel         TEXT NOT NULL,
  told_at         INTEGER,
  first_owed_at   INTEGER,
  next_attempt_at INTEGER, instead_of TEXT NOT NULL DEFAULT '',
  UNIQUE (obligation, days, staff),
  CHECK ((state = 'told') = (told_at IS NOT NULL)),
  CHECK ((state = 'owed') = (next_attempt_at IS NOT NULL)),
  CHECK (state NOT IN ('skipped', 'dropped') OR reason <> '')
) STRICT;
INSERT INTO item VALUES(1,'C-04/streak/2026-06','C-04','escalated',147,19,'2026-11-24',1795476600,'SM-2','case_manager','digest','told','','omamori-6a47cfd5d75a0c6fa388608c','file',1795476600,1795476600,NULL,'');
INSERT INTO item VALUES(2,'C-04/streak/2026-06','C-04','escalated',147,19,'2026-11-24',1795476600,'SV-1','supervisor','digest','told','','omamori-7829fd0fe2832958f4e5cf18','file',1795476600,1795476600,NULL,'');
INSERT INTO item VALUES(3,'C-04/streak/2026-06','C-04','escalated',147,19,'2026-11-24',1795476600,'OP-1','core_center','digest','told','','omamori-c6c79072504ab49b8ae087f2','file',1795476600,1795476600,NULL,'');
INSERT INTO item VALUES(4,'C-02/monitoring/2026-04-01/2026-12','C-02','upcoming',-30,0,'2026-12-01',1796081400,'SM-1','case_manager','digest','owed','','omamori-cae8e8d6325ac4d2cc92ac27','',NULL,1796081400,1796081400,'');
INSERT INTO item VALUES(5,'C-09/suspension_standing/2026-11-28','C-09','standing',3,0,'2026-12-01',1796081400,'SV-1','supervisor','digest','owed','','omamori-822bafbb84a618f0a97674d5','',NULL,1796081400,1796081400,'');
INSERT INTO item VALUES(6,'C-05/concern/S-05/2026-12-01T05:10:00Z','C-05','opened',-3,0,'2026-12-01',1796101800,'SM-2','case_manager','urgent','owed','','omamori-9b2f401a68198c25fcb5e93e','',NULL,1796101860,1796101800,'');
INSERT INTO item VALUES(7,'C-05/concern/S-05/2026-12-01T05:10:00Z','C-05','opened',-3,0,'2026-12-01',1796101800,'SV-1','supervisor','urgent','owed','','omamori-5a76e044b40aa1b8213ea651','',NULL,1796101860,1796101800,'');
CREATE TABLE message_item (
  message TEXT NOT NULL REFERENCES message (id),
  item    INTEGER NOT NULL REFERENCES item (id),
  PRIMARY KEY (message, item)
) STRICT, WITHOUT ROWID;
INSERT INTO message_item VALUES('omamori-6a47cfd5d75a0c6fa388608c',1);
INSERT INTO message_item VALUES('omamori-7829fd0fe2832958f4e5cf18',2);
INSERT INTO message_item VALUES('omamori-c6c79072504ab49b8ae087f2',3);
INSERT INTO message_item VALUES('omamori-cae8e8d6325ac4d2cc92ac27',4);
INSERT INTO message_item VALUES('omamori-822bafbb84a618f0a97674d5',5);
INSERT INTO message_item VALUES('omamori-9b2f401a68198c25fcb5e93e',6);
INSERT INTO message_item VALUES('omamori-5a76e044b40aa1b8213ea651',7);
CREATE TABLE attempt (
  message    TEXT NOT NULL REFERENCES message (id),
  n          INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  ended_at   INTEGER,
  outcome    TEXT NOT NULL CHECK (outcome IN
               ('begun', 'sent', 'try_again', 'unknown', 'refused')),
  reply      TEXT NOT NULL,  -- the peer's own words, cut short
  latency_ms INTEGER NOT NULL,
  PRIMARY KEY (message, n)
) STRICT, WITHOUT ROWID;
INSERT INTO attempt VALUES('omamori-6a47cfd5d75a0c6fa388608c',1,1795476600,1795476600,'sent','omamori-6a47cfd5d75a0c6fa388608c.eml',0);
INSERT INTO attempt VALUES('omamori-7829fd0fe2832958f4e5cf18',1,1795476600,1795476600,'sent','omamori-7829fd0fe2832958f4e5cf18.eml',0);
INSERT INTO attempt VALUES('omamori-c6c79072504ab49b8ae087f2',1,1795476600,1795476600,'sent','omamori-c6c79072504ab49b8ae087f2.eml',0);
CREATE TABLE peer (
  name          TEXT PRIMARY KEY CHECK (name <> ''),
  state         TEXT NOT NULL CHECK (state IN ('sound', 'down', 'disabled')),
  failures      INTEGER NOT NULL,
  probes        INTEGER NOT NULL,
  since         INTEGER NOT NULL,  -- in this state since
  next_probe_at INTEGER,
  why           TEXT NOT NULL,
  CHECK ((state = 'down') = (next_probe_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE trouble (
  subject     TEXT PRIMARY KEY CHECK (subject <> ''),
  obligation  TEXT NOT NULL REFERENCES obligation (key),
  detail      TEXT NOT NULL,
  supervisors INTEGER NOT NULL CHECK (supervisors IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_client ON journal (client, seq) WHERE client <> '';
CREATE INDEX journal_kind ON journal (kind, seq);
CREATE TRIGGER journal_is_append_only BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE INDEX client_version_client ON client_version (client, known_from);
CREATE INDEX period_version_client ON period_version (client, start_day, known_from);
CREATE INDEX safety_check_client ON safety_check (client, code);
CREATE INDEX check_version_client ON check_version (client, check_code, known_from);
CREATE INDEX check_in_facts ON check_in (client, check_code, at, id, on_day, outcome, voided);
CREATE UNIQUE INDEX check_in_external ON check_in (source, external_id) WHERE external_id <> '';
CREATE INDEX monitoring_facts ON monitoring (client, on_day, id, for_month, voided);
CREATE INDEX contact_client ON contact (client, on_day, id);
CREATE INDEX suspension_client ON suspension (client, from_day, id);
CREATE INDEX acknowledgement_client ON acknowledgement (client, made_on, id);
CREATE INDEX client_schedule_next ON client_schedule (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX client_schedule_dirty ON client_schedule (client) WHERE dirty = 1;
CREATE INDEX obligation_live ON obligation (client, key) WHERE state = 'live';
CREATE INDEX obligation_client ON obligation (client, key);
CREATE INDEX message_due ON message (next_attempt_at) WHERE state = 'pending';
CREATE INDEX message_staff ON message (staff, slot);
CREATE INDEX item_client ON item (client, id);
CREATE INDEX item_owed ON item (next_attempt_at) WHERE state = 'owed';
CREATE INDEX item_message ON item (message) WHERE message IS NOT NULL;
CREATE INDEX message_item_item ON message_item (item);
CREATE INDEX message_peer ON message (channel, in_flight, next_attempt_at, address)
  WHERE state = 'pending';
CREATE INDEX item_free ON item (next_attempt_at) WHERE state = 'owed' AND message IS NULL;
COMMIT;
