//! What the invented companies sell: the tree of categories, and the trades in their names.

/// A group of the tree: code, English, Chinese.
pub const GROUPS: &[(&str, &str, &str)] = &[
    ("materials", "Materials and printing", "物料与印刷"),
    ("premises", "Premises", "物业与设施"),
    ("technology", "Information technology", "信息技术"),
    ("services", "Professional services", "专业服务"),
    ("transport", "Transport and travel", "物流与差旅"),
];

/// A category, and the trades that companies in it have in their names.
pub struct Trade {
    pub code: &'static str,
    pub group: &'static str,
    pub name_en: &'static str,
    pub name_zh: &'static str,
    /// The industry, named as the divisions of GB/T 4754-2017 are.
    pub industry: &'static str,
    /// Chinese and English.
    pub words: &'static [(&'static str, &'static str)],
}

const MAKING: &str = "制造业 Manufacturing";
const TRADING: &str = "批发和零售业 Wholesale and retail";
const SOFTWARE: &str = "信息技术服务业 Information technology services";
const BUSINESS: &str = "商务服务业 Business services";
const BUILDING: &str = "建筑业 Construction";
const CARRYING: &str = "交通运输、仓储和邮政业 Transport, storage and post";
const PROPERTY: &str = "房地产业 Real estate";
const FOOD: &str = "住宿和餐饮业 Hotels and catering";
const TEACHING: &str = "教育 Education";

#[rustfmt::skip]
pub const TRADES: &[Trade] = &[
    Trade { code: "packaging", group: "materials", name_en: "Packaging", name_zh: "包装", industry: MAKING,
        words: &[("包装材料", "Packaging Materials"), ("包装制品", "Packaging Products"), ("纸业", "Paper")] },
    Trade { code: "printing", group: "materials", name_en: "Printing", name_zh: "印刷", industry: MAKING,
        words: &[("印刷", "Printing"), ("印务", "Printing Services"), ("彩印", "Colour Printing")] },
    Trade { code: "office-supplies", group: "materials", name_en: "Office supplies", name_zh: "办公用品", industry: TRADING,
        words: &[("办公用品", "Office Supplies"), ("文化用品", "Stationery"), ("商贸", "Commerce")] },
    Trade { code: "gifts", group: "materials", name_en: "Gifts and textiles", name_zh: "礼品与纺织品", industry: TRADING,
        words: &[("礼品", "Gifts"), ("纺织品", "Textiles"), ("工艺品", "Crafts")] },
    Trade { code: "components", group: "materials", name_en: "Components", name_zh: "零部件", industry: MAKING,
        words: &[("精密部件", "Precision Components"), ("电子元件", "Electronic Components"), ("机电设备", "Electromechanical Equipment")] },
    Trade { code: "cleaning", group: "premises", name_en: "Cleaning", name_zh: "保洁", industry: BUSINESS,
        words: &[("保洁服务", "Cleaning Services"), ("环境服务", "Environmental Services"), ("清洁科技", "Cleaning Technology")] },
    Trade { code: "catering", group: "premises", name_en: "Catering", name_zh: "餐饮", industry: FOOD,
        words: &[("餐饮管理", "Catering Management"), ("食品", "Foods"), ("膳食服务", "Meal Services")] },
    Trade { code: "security", group: "premises", name_en: "Security guarding", name_zh: "安保", industry: BUSINESS,
        words: &[("保安服务", "Security Services"), ("安防工程", "Security Engineering"), ("安全技术", "Safety Technology")] },
    Trade { code: "furniture", group: "premises", name_en: "Office furniture", name_zh: "办公家具", industry: MAKING,
        words: &[("办公家具", "Office Furniture"), ("家具", "Furniture"), ("家居制造", "Furnishings Manufacturing")] },
    Trade { code: "fitting-out", group: "premises", name_en: "Fitting out", name_zh: "装修", industry: BUILDING,
        words: &[("装饰工程", "Decoration Engineering"), ("建筑装饰", "Building Decoration"), ("幕墙工程", "Curtain Wall Engineering")] },
    Trade { code: "maintenance", group: "premises", name_en: "Building maintenance", name_zh: "楼宇维护", industry: PROPERTY,
        words: &[("物业服务", "Property Services"), ("机电工程", "Mechanical and Electrical Engineering"), ("暖通设备", "HVAC Equipment")] },
    Trade { code: "landscaping", group: "premises", name_en: "Plants and landscaping", name_zh: "绿化", industry: BUSINESS,
        words: &[("园林绿化", "Landscaping"), ("园艺", "Horticulture"), ("景观工程", "Landscape Engineering")] },
    Trade { code: "it-hardware", group: "technology", name_en: "IT hardware", name_zh: "信息技术硬件", industry: TRADING,
        words: &[("计算机设备", "Computer Equipment"), ("数码科技", "Digital Technology"), ("电子设备", "Electronic Equipment")] },
    Trade { code: "software", group: "technology", name_en: "Software development", name_zh: "软件开发", industry: SOFTWARE,
        words: &[("软件", "Software"), ("信息技术", "Information Technology"), ("软件开发", "Software Development")] },
    Trade { code: "data-centre", group: "technology", name_en: "Data centre", name_zh: "数据中心", industry: SOFTWARE,
        words: &[("数据服务", "Data Services"), ("数据科技", "Data Technology"), ("云计算", "Cloud Computing")] },
    Trade { code: "telecoms", group: "technology", name_en: "Telecommunications", name_zh: "通信", industry: SOFTWARE,
        words: &[("通信技术", "Communication Technology"), ("网络科技", "Network Technology"), ("通讯设备", "Communication Equipment")] },
    Trade { code: "it-security", group: "technology", name_en: "Information security", name_zh: "信息安全", industry: SOFTWARE,
        words: &[("信息安全", "Information Security"), ("网络安全技术", "Network Security Technology"), ("密码技术", "Cryptography")] },
    Trade { code: "translation", group: "services", name_en: "Translation", name_zh: "翻译", industry: BUSINESS,
        words: &[("翻译服务", "Translation Services"), ("语言服务", "Language Services"), ("文化传播", "Culture and Media")] },
    Trade { code: "training", group: "services", name_en: "Training", name_zh: "培训", industry: TEACHING,
        words: &[("教育科技", "Education Technology"), ("培训服务", "Training Services"), ("教育咨询", "Education Consulting")] },
    Trade { code: "recruitment", group: "services", name_en: "Recruitment", name_zh: "招聘", industry: BUSINESS,
        words: &[("人力资源", "Human Resources"), ("人才服务", "Talent Services"), ("劳务服务", "Labour Services")] },
    Trade { code: "consulting", group: "services", name_en: "Consulting", name_zh: "咨询", industry: BUSINESS,
        words: &[("企业管理咨询", "Management Consulting"), ("商务咨询", "Business Consulting"), ("工程咨询", "Engineering Consulting")] },
    Trade { code: "marketing", group: "services", name_en: "Marketing and events", name_zh: "营销与活动", industry: BUSINESS,
        words: &[("广告", "Advertising"), ("会展服务", "Exhibition Services"), ("品牌策划", "Brand Planning")] },
    Trade { code: "logistics", group: "transport", name_en: "Logistics", name_zh: "物流", industry: CARRYING,
        words: &[("物流", "Logistics"), ("供应链管理", "Supply Chain Management"), ("货运", "Freight")] },
    Trade { code: "warehousing", group: "transport", name_en: "Warehousing", name_zh: "仓储", industry: CARRYING,
        words: &[("仓储", "Warehousing"), ("仓储服务", "Storage Services"), ("冷链科技", "Cold Chain Technology")] },
    Trade { code: "travel", group: "transport", name_en: "Vehicles and travel", name_zh: "用车与差旅", industry: CARRYING,
        words: &[("汽车租赁", "Car Rental"), ("商旅服务", "Business Travel Services"), ("客运", "Passenger Transport")] },
];
