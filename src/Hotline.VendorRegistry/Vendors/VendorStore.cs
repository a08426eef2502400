using System.Text.Json;
using Hotline.Wire.Vendors;
using Npgsql;

namespace Hotline.VendorRegistry.Vendors;

public sealed record VendorFilter(string? Words, string? Standing, string? Admission);

/// <summary>What evaluation and dispatch told of a vendor, shown beside its profile.</summary>
public sealed record VendorFigures(double? Score, double? Satisfaction, int CompletedOrders, int OpenOrders);

public sealed class VendorStore(NpgsqlDataSource database, Work work)
{
    private const string Select = """
        select v.*,
            coalesce((select json_agg(json_build_object('categoryCode', s.category_code, 'priceFrom', s.price_from, 'priceTo', s.price_to,
                'unit', s.unit) order by s.category_code)
                from vendor_services s where s.vendor_id = v.id), '[]')::text as services_json,
            array(select c.area_code from vendor_coverage c where c.vendor_id = v.id order by c.area_code) as coverage_codes
        from vendors v
        """;

    public async Task<Vendor?> Find(Guid id, CancellationToken stop) =>
        (await database.One<Row>($"{Select} where v.id = @id", new { id }, stop))?.ToVendor();

    /// <summary>In the order of application.</summary>
    public async Task<IReadOnlyList<Vendor>> List(VendorFilter filter, PageRequest page, CancellationToken stop)
    {
        var conditions = new List<string> { "true" };
        if (filter.Words is not null) conditions.Add("(v.name ilike @like or v.phone like @like)");
        if (filter.Standing is not null) conditions.Add("v.standing = @Standing");
        if (filter.Admission is not null) conditions.Add("v.admission = @Admission");
        if (page.AfterId is not null) conditions.Add("v.id > @after");
        var rows = await database.Many<Row>($"{Select} where {string.Join(" and ", conditions)} order by v.id limit @take", new
        {
            filter.Standing,
            filter.Admission,
            like = Database.Containing(filter.Words),
            after = page.AfterId,
            take = page.Limit + 1,
        }, stop);
        return [.. rows.Select(r => r.ToVendor())];
    }

    public void Add(Vendor vendor)
    {
        work.Write("""
            insert into vendors (id, name, phone, contact_name, licence_number, admission, admission_note, admission_by, admission_at,
                contract_from, contract_until, standing, opens_at, closes_at, demo, applied_at, version, told)
            values (@Id, @Name, @Phone, @ContactName, @LicenceNumber, @admission, @AdmissionNote, @AdmissionBy, @AdmissionAt, @ContractFrom,
                @ContractUntil, @standing, @OpensAt, @ClosesAt, @Demo, @AppliedAt, @Version, true)
            """, Values(vendor, 0));
        WriteOffer(vendor);
    }

    public void Save(Decision<Vendor> decision, int readAt)
    {
        var vendor = decision.State;
        if (vendor.Version == readAt) return; // nothing changed
        work.Tell(decision.Events);
        work.WriteOne("""
            update vendors set name = @Name, phone = @Phone, contact_name = @ContactName, licence_number = @LicenceNumber,
                admission = @admission, admission_note = @AdmissionNote, admission_by = @AdmissionBy, admission_at = @AdmissionAt,
                contract_from = @ContractFrom, contract_until = @ContractUntil,
                standing = @standing, standing_reason = @StandingReason, standing_until = @StandingUntil,
                opens_at = @OpensAt, closes_at = @ClosesAt, version = @Version, told = true
            where id = @Id and version = @readAt
            """, Values(vendor, readAt));
        work.Write("delete from vendor_services where vendor_id = @Id", new { vendor.Id });
        work.Write("delete from vendor_coverage where vendor_id = @Id", new { vendor.Id });
        WriteOffer(vendor);
    }

    public async Task<VendorFigures> Figures(Guid id, CancellationToken stop) => (await database.One<VendorFigures>("""
        select (select score from vendor_scores where vendor_id = @id), (select satisfaction from vendor_scores where vendor_id = @id),
            coalesce((select completed_orders from vendor_scores where vendor_id = @id), 0) as completed_orders,
            (select count(*) from vendor_orders where vendor_id = @id and open)::int as open_orders
        """, new { id }, stop))!;

    /// <summary>What is known of the sanctions of a vendor.</summary>
    public Task<IReadOnlyList<KnownSanction>> Sanctions(Guid vendor, CancellationToken stop) => database.Many<KnownSanction>(
        "select sanction_id as id, kind, reason, until, lifted from vendor_sanctions where vendor_id = @vendor", new { vendor }, stop);

    /// <summary>Some vendors of the alliance of whom the others have not been told all.</summary>
    public async Task<IReadOnlyList<Vendor>> Untold(int most, CancellationToken stop) =>
        [.. (await database.Many<Row>($"{Select} where not v.told and v.admission = 'approved' order by v.id limit @most", new { most },
            stop)).Select(r => r.ToVendor())];

    /// <summary>Tells of a vendor as it is, without a new version.</summary>
    /// <exception cref="StaleException">At commit: it has changed, hence been told, meanwhile.</exception>
    public void TellAgain(Vendor vendor, DateTimeOffset now)
    {
        work.WriteOne("update vendors set told = true where id = @Id and version = @Version and not told",
            new { vendor.Id, vendor.Version });
        work.Tell(vendor.Profile(now));
    }

    /// <summary>As if nobody had been told of the vendors of the alliance.</summary>
    public void ForgetTold() => work.Write("update vendors set told = false where admission = 'approved'", new { });

    public void AddSanction(Guid sanction, Guid vendor, string kind, string? reason, DateTimeOffset? until, bool lifted) => work.Write("""
        insert into vendor_sanctions (sanction_id, vendor_id, kind, reason, until, lifted)
        values (@sanction, @vendor, @kind, @reason, @until, @lifted)
        on conflict (sanction_id) do update set lifted = vendor_sanctions.lifted or excluded.lifted,
            reason = coalesce(vendor_sanctions.reason, excluded.reason)
        """, new { sanction, vendor, kind, reason, until, lifted });

    private void WriteOffer(Vendor vendor)
    {
        work.Write("""
            insert into vendor_services (vendor_id, category_code, price_from, price_to, unit, score)
            select @Id, c, f, t, u, (select score from vendor_scores where vendor_id = @Id)
            from unnest(@codes, @from, @to, @units) as s(c, f, t, u)
            """, new
        {
            vendor.Id,
            codes = vendor.Services.Select(s => s.CategoryCode).ToArray(),
            from = vendor.Services.Select(s => s.PriceFrom).ToArray(),
            to = vendor.Services.Select(s => s.PriceTo).ToArray(),
            units = vendor.Services.Select(s => s.Unit).ToArray(),
        });
        work.Write("insert into vendor_coverage (vendor_id, area_code) select @Id, a from unnest(@areas) as c(a)",
            new { vendor.Id, areas = vendor.Coverage.ToArray() });
    }

    private static object Values(Vendor v, int readAt) => new
    {
        v.Id,
        v.Name,
        v.Phone,
        v.ContactName,
        v.LicenceNumber,
        admission = v.Admission.ToWire(),
        v.AdmissionNote,
        v.AdmissionBy,
        v.AdmissionAt,
        v.ContractFrom,
        v.ContractUntil,
        standing = v.Standing is { } standing ? standing.ToWire() : null,
        v.StandingReason,
        v.StandingUntil,
        v.OpensAt,
        v.ClosesAt,
        v.Demo,
        v.AppliedAt,
        v.Version,
        readAt,
    };

    private sealed record Row
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public string Phone { get; init; } = "";
        public string ContactName { get; init; } = "";
        public string? LicenceNumber { get; init; }
        public Admission Admission { get; init; }
        public string? AdmissionNote { get; init; }
        public string? AdmissionBy { get; init; }
        public DateTimeOffset? AdmissionAt { get; init; }
        public DateOnly? ContractFrom { get; init; }
        public DateOnly? ContractUntil { get; init; }
        public Standing? Standing { get; init; }
        public string? StandingReason { get; init; }
        public DateTimeOffset? StandingUntil { get; init; }
        public TimeOnly? OpensAt { get; init; }
        public TimeOnly? ClosesAt { get; init; }
        public bool Demo { get; init; }
        public DateTimeOffset AppliedAt { get; init; }
        public int Version { get; init; }
        public string ServicesJson { get; init; } = "[]";
        public string[] CoverageCodes { get; init; } = [];

        public Vendor ToVendor() => new()
        {
            Id = Id,
            Name = Name,
            Phone = Phone,
            ContactName = ContactName,
            LicenceNumber = LicenceNumber,
            Admission = Admission,
            AdmissionNote = AdmissionNote,
            AdmissionBy = AdmissionBy,
            AdmissionAt = AdmissionAt,
            ContractFrom = ContractFrom,
            ContractUntil = ContractUntil,
            Standing = Standing,
            StandingReason = StandingReason,
            StandingUntil = StandingUntil,
            OpensAt = OpensAt,
            ClosesAt = ClosesAt,
            Demo = Demo,
            AppliedAt = AppliedAt,
            Version = Version,
            Services = JsonSerializer.Deserialize<OfferedService[]>(ServicesJson, JsonSerializerOptions.Web)!,
            Coverage = CoverageCodes,
        };
    }
}
