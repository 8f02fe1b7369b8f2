//! Headers met in supplier and factory lists, in lower case with letters and digits only.
//!
//! Gathered from public lists and from the forms of Chinese procurement offices; the better a
//! header names the field, the further to the front it stands.

use super::Field;

/// The fields that a folded header can mean, each with its place in the field's list; the header
/// that our own export writes counts best.
pub(super) fn ranks(header: &str) -> Vec<(usize, Field)> {
    if header.is_empty() {
        return Vec::new();
    }
    let own = Field::ALL.iter().find(|field| is_own_header(**field, header));
    let known = ALIASES.iter().filter_map(|(field, headers)| {
        let place = names(headers).position(|name| name == header)?;
        Some((place + 1, *field))
    });
    let second =
        names(SECOND_MEANING).any(|name| name == header).then_some((SECOND, Field::SiteName));
    own.map(|field| (0, *field)).into_iter().chain(known).chain(second).collect()
}

/// The headers of one entry.
pub(super) fn names(headers: &'static str) -> impl Iterator<Item = &'static str> {
    headers.split(' ').filter(|name| !name.is_empty())
}

fn is_own_header(field: Field, header: &str) -> bool {
    field.as_str().chars().filter(|&c| c != '_').eq(header.chars())
}

/// What a match by second meaning counts less.
const SECOND: usize = 500;

/// Headers that name the company, or its plant where another column names the company better.
const SECOND_MEANING: &str = "factoryname nameoffactory facilityname nameoffacility 工厂名称 factory 工厂 \
    facility";

/// Each field with its headers, separated by spaces, the better ones first.
pub(super) const ALIASES: &[(Field, &str)] = &[
    (Field::SupplierId, "touchstoneid"),
    (
        Field::Name,
        "legalname 法定名称 供应商名称 公司名称 企业名称 单位名称 供应商全称 公司全称 \
         企业全称 单位全称 供货商名称 供方名称 中文名称 公司中文名称 供应商中文名称 \
         机构名称 suppliername suppliercompanyname nameofsupplier companyname \
         vendorname entityname organisationname organizationname businessname \
         registeredname chinesename supplier 供应商 供货商 供方 vendor company 公司 \
         企业 工厂名称 厂商名称 factoryname nameoffactory facilityname nameoffacility \
         manufacturername name 名称 factory 工厂 厂名 facility manufacturer 厂商 \
         producer",
    ),
    (
        Field::EnglishName,
        "nameinenglish nameenglish nameen englishcompanyname englishsuppliername \
         suppliernameenglish companynameenglish companynameen 英文名称 英文名 \
         公司英文名称 企业英文名称 供应商英文名称 外文名称",
    ),
    (
        Field::Country,
        "国家 国家地区 国家或地区 所在国家 所属国家 国别 国别地区 countryregion \
         countryorregion countryname countrycode countryofproduction countryoforigin \
         factorycountry suppliercountry nation 所在国",
    ),
    (
        Field::Province,
        "省份 省 所在省份 所在省 所在省市 省市 省级 省自治区直辖市 省直辖市 省市自治区 所属省份 \
         注册省份 provincename provincestate stateprovince state provinceregion \
         stateprovinceregion prefecture",
    ),
    (Field::ProvinceCode, "省份代码 省代码 行政区划代码 provinceid"),
    (
        Field::City,
        "城市 市 所在城市 所在市 地级市 地市 注册城市 cityname citytown town towncity \
         municipality",
    ),
    (Field::District, "区县 区 县 所在区县 县区 县市区 county countydistrict districtcounty"),
    (
        Field::Address,
        "地址 详细地址 公司地址 企业地址 工厂地址 单位地址 注册地址 注册地 住所 \
         经营地址 生产地址 通讯地址 联系地址 办公地址 所在地 fulladdress streetaddress \
         factoryaddress facilityaddress supplieraddress companyaddress \
         registeredaddress businessaddress address1 addressline1 street location",
    ),
    (Field::PostalCode, "邮编 邮政编码 postcode zip zipcode postalcodezip zippostalcode pincode"),
    (Field::Region, "区域 大区 所属区域 所在区域 regionname"),
    (
        Field::Uscc,
        "统一社会信用代码 社会信用代码 统一信用代码 信用代码 统一社会信用代码证号 \
         企业统一社会信用代码 营业执照号 营业执照号码 营业执照注册号 纳税人识别号 税号 \
         unifiedsocialcreditcode unifiedsocialcreditidentifier socialcreditcode \
         creditcode usci uscccode",
    ),
    (
        Field::Lei,
        "leicode legalentityidentifier 法人识别编码 全球法人识别编码 \
         全球法人机构识别编码",
    ),
    (Field::Duns, "dunsnumber dunsno dunscode 邓白氏编码 邓白氏码 邓氏编码"),
    (
        Field::EuVat,
        "vat vatnumber vatno vatid euvatnumber euvatno vatregistrationnumber \
         欧盟增值税号 增值税号",
    ),
    (
        Field::Code,
        "代码 证照号码 证件号码 企业代码 organisationcode organizationcode companycode \
         identifier registrationnumber registrationno companyregistrationnumber \
         businesslicensenumber businesslicenseno businesslicencenumber",
    ),
    (
        Field::OtherId,
        "供应商编号 供应商编码 供应商代码 供应商号 suppliercode suppliernumber \
         supplierno vendorid vendorcode vendornumber vendorno factorycode factoryid \
         facilityid oshubid osid 编号 编码 id",
    ),
    (
        Field::Category,
        "品类 采购品类 供应品类 供应商品类 类别 供应商类别 产品类别 产品类型 采购类别 \
         物料类别 商品类别 供应类别 分类 供应商分类 主营产品 供应产品 categories \
         suppliercategory productcategory productcategories producttype producttypes \
         typeofproduct typeofproducts producttypename sector sectors product products \
         commodity 产品",
    ),
    (
        Field::Stage,
        "阶段 供应商阶段 状态 供应商状态 合作状态 准入状态 supplierstage status \
         supplierstatus",
    ),
    (
        Field::Since,
        "合作起始日期 合作开始日期 合作开始时间 合作起始时间 合作日期 准入日期 准入时间 \
         入库日期 入库时间 引入日期 startdate suppliersince since introducedon \
         dateintroduced onboardingdate onboarded relationshipsince",
    ),
    (
        Field::Website,
        "网址 网站 官网 公司网址 公司网站 企业网址 web websiteurl url homepage \
         webaddress webpage companywebsite",
    ),
    (Field::Industry, "行业 所属行业 行业类别 行业分类 产业 industrysector industrytype"),
    (
        Field::ContactName,
        "联系人 联系人姓名 业务联系人 联系人员 contact contactperson contactname \
         personincharge 负责人",
    ),
    (
        Field::ContactEmail,
        "联系人邮箱 联系邮箱 电子邮箱 电子邮件 邮箱 邮件 email emailaddress \
         contactemailaddress mail",
    ),
    (
        Field::ContactPhone,
        "联系人电话 联系电话 联系方式 电话 电话号码 手机 手机号 手机号码 phone \
         phonenumber telephone telephonenumber tel mobile contactnumber \
         contacttelephone",
    ),
    (Field::SiteId, "场所编号"),
    (Field::SiteName, "场所名称 厂区名称 厂区 生产基地 基地名称 site plant plantname sitename"),
    (
        Field::SiteKind,
        "场所类型 厂区类型 工厂类型 sitetype typeofsite facilitytype factorytype \
         typeoffacility",
    ),
    (Field::Note, "备注 说明 附注 notes remark remarks comment comments description"),
];
