import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages, type Language } from '../i18n/i18n.ts';

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <Menu>
      <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.language')}><IconLanguage size={18} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {Object.entries(languages).map(([code, name]) => (
          <Menu.Item key={code} lang={code} aria-current={i18n.language === code} onClick={() => void chooseLanguage(code as Language)}>{name}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const schemes: { value: MantineColorScheme; icon: typeof IconSun }[] = [
  { value: 'light', icon: IconSun }, { value: 'dark', icon: IconMoon }, { value: 'auto', icon: IconDeviceDesktop },
];

export function ThemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find((scheme) => scheme.value === colorScheme)?.icon ?? IconSun;
  return (
    <Menu>
      <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.theme')}><Current size={18} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ value, icon: Icon }) => (
          <Menu.Item key={value} leftSection={<Icon size={16} />} aria-current={colorScheme === value} onClick={() => setColorScheme(value)}>{t(`shell.theme_${value}`)}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
