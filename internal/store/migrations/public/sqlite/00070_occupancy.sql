-- +goose Up

-- Who has an asset from when to when: by a notice, or by the contract that took its
-- place. It has the lot's id. The tenant is never public.
CREATE TABLE occupancies (
    id        TEXT NOT NULL PRIMARY KEY,
    asset_id  TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on   TEXT NOT NULL,
    leased    INTEGER NOT NULL,
    rent      INTEGER NOT NULL,
    tenant    TEXT NOT NULL,
    FOREIGN KEY (asset_id) REFERENCES assets (id)
) STRICT;
CREATE INDEX occupancies_asset ON occupancies (asset_id, starts_on, id);

INSERT INTO occupancies (id, asset_id, starts_on, ends_on, leased, rent, tenant)
SELECT tenders.id, tenders.asset_id, COALESCE(contracts.starts_on, tenders.starts_on),
       COALESCE(contracts.ends_on, DATE(tenders.starts_on, '+' || tenders.years || ' years', '-1 day')),
       CASE WHEN contracts.id IS NULL THEN 0 ELSE 1 END, COALESCE(contracts.price, 0), COALESCE(contracts.lessee, '')
FROM tenders
JOIN lots ON lots.id = tenders.id AND lots.state <> 'failed'
LEFT JOIN contracts ON contracts.id = tenders.id AND contracts.state = 'signed';
