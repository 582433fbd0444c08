-- +goose Up

-- Who has an asset from when to when: by a notice, or by the contract that took its
-- place. It has the lot's id. The tenant is never public.
CREATE TABLE occupancies (
    id        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    asset_id  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    starts_on VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    ends_on   VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    leased    SMALLINT NOT NULL,
    rent      BIGINT NOT NULL,
    tenant    VARCHAR(255) NOT NULL,
    KEY occupancies_asset (asset_id, starts_on, id),
    FOREIGN KEY (asset_id) REFERENCES assets (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO occupancies (id, asset_id, starts_on, ends_on, leased, rent, tenant)
SELECT tenders.id, tenders.asset_id, COALESCE(contracts.starts_on, tenders.starts_on),
       COALESCE(contracts.ends_on, DATE_FORMAT(DATE_SUB(DATE_ADD(tenders.starts_on, INTERVAL tenders.years YEAR),
                                                        INTERVAL 1 DAY), '%Y-%m-%d')),
       CASE WHEN contracts.id IS NULL THEN 0 ELSE 1 END, COALESCE(contracts.price, 0), COALESCE(contracts.lessee, '')
FROM tenders
JOIN lots ON lots.id = tenders.id AND lots.state <> 'failed'
LEFT JOIN contracts ON contracts.id = tenders.id AND contracts.state = 'signed';
